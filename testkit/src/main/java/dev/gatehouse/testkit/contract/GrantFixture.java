package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who grants something to an application.
abstract class GrantFixture extends StoreContract {
    static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    static final Duration CODE = Duration.ofMinutes(1);
    static final Duration TOKEN = Duration.ofMinutes(15);
    static final Duration IDLE = Duration.ofDays(14);
    static final Duration WHOLE = Duration.ofDays(90);
    static final Scopes PLAIN = Scopes.of("orders:read");
    static final Grant.Binding BOUND = new Grant.Binding(
            Optional.of("https://app.example.com/cb"), Optional.of("challenge"), Optional.of(Confirmation.key(KEY)));

    /// Who grants.
    ///
    /// @param login is open
    record Somebody(User user, Membership membership, Credential password, Id login) {}

    private final AtomicInteger digests = new AtomicInteger();

    final GrantStore grants() {
        return store().grants();
    }

    final Somebody somebody(String username) {
        User user = done(store().users().add(nouns.user(root(), username), act));
        Membership membership = done(store().users().add(nouns.membership(user.id(), root()), act));
        Credential password = done(store().users().setPassword(nouns.password(user), act));
        return new Somebody(user, membership, password, login(user, membership, password, SessionStore.Rule.MANY));
    }

    /// Another login of the same person.
    final Id login(Somebody who) {
        return login(who.user(), who.membership(), who.password(), SessionStore.Rule.MANY);
    }

    final Id login(User user, Membership membership, Credential password, SessionStore.Rule rule) {
        Session session = session(user, membership, password, rule, WHOLE);
        return done(store().sessions().open(session, digest(), rule, act)).id();
    }

    /// A login that is not open yet.
    final Session session(Somebody who, Duration idle) {
        return session(who.user(), who.membership(), who.password(), SessionStore.Rule.MANY, idle);
    }

    private Session session(
            User user, Membership membership, Credential password, SessionStore.Rule rule, Duration idle) {
        return new Session(
                nouns.id(Kind.SESSION),
                user.id(),
                new Lineage(root(), membership.id(), password.id(), new Generations(0, 0, 0, 0)),
                now(),
                now().plus(WHOLE),
                idle,
                now(),
                Optional.empty(),
                Restriction.unrestricted(),
                rule != SessionStore.Rule.MANY,
                false);
    }

    final Application application(String clientId) {
        return done(store().members()
                .add(
                        new Application(
                                nouns.id(Kind.APPLICATION),
                                root(),
                                clientId,
                                "name of " + clientId,
                                Optional.empty(),
                                terms("https://app.example.com/cb"),
                                Optional.empty(),
                                Standing.FRESH,
                                now()),
                        act));
    }

    static ClientTerms terms(String redirect) {
        return new ClientTerms(
                        ClientMethod.SECRET_POST,
                        Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
                        List.of(RedirectUri.parse(redirect).orElseThrow()),
                        List.of(RedirectUri.parse("https://app.example.com/bye").orElseThrow()),
                        false,
                        Set.of(ClientRule.PUSHED, ClientRule.SIGNED),
                        new ClientMessages(
                                Optional.empty(),
                                Map.of(SignedAnswer.ID_TOKEN, SigningAlgorithm.ES256),
                                Optional.of(RequestAlgorithm.PS256)))
                .saying(new OpenIdTerms(
                        true,
                        OpenIdTerms.sectorUri("https://sector.example.com/uris"),
                        List.of("https://app.example.com/request#abc"),
                        Optional.of(300L),
                        List.of("2")));
    }

    final Grant grant(Somebody who, Application application, Scopes scopes) {
        return grant(who, application, scopes, who.login());
    }

    final Grant grant(Somebody who, Application application, Scopes scopes, Id session) {
        Id id = nouns.id(Kind.GRANT);
        Lineage lineage = new Lineage(
                root(),
                who.membership().id(),
                who.password().id(),
                Optional.empty(),
                Optional.of(new Lineage.Granted(id, application.id())),
                List.of(),
                new Generations(0, 0, 0, 0));
        Claims claims = new Claims(
                id,
                installed.admin().id(),
                who.user().id().text(),
                application.clientId(),
                lineage,
                scopes,
                now(),
                now().plus(WHOLE));
        return new Grant(claims, who.user().id(), session, now(), List.of("pwd"), BOUND, Optional.of("n-0S6_WzA2Mj"));
    }

    final Digest digest() {
        return Digest.of(
                1, ByteBuffer.allocate(32).putInt(digests.incrementAndGet()).array());
    }

    final Digest opened(Grant grant) {
        Digest code = digest();
        done(grants().open(grant, code, now().plus(CODE), true, at(now())));
        return code;
    }

    /// One that has refresh tokens already.
    final Grant live(String username) {
        return live(username, BOUND.key());
    }

    /// @param key of its refresh tokens
    final Grant live(String username, Optional<Confirmation> key) {
        Somebody who = somebody(username);
        Grant grant = grant(who, application("app of " + username), PLAIN);
        Digest code = opened(grant);
        done(grants().redeem(List.of(code), redemption(grant, key), at(now())));
        return grant.boundTo(key);
    }

    final GrantStore.Redemption redemption(Grant grant) {
        return redemption(grant, BOUND.key());
    }

    private GrantStore.Redemption redemption(Grant grant, Optional<Confirmation> key) {
        return new GrantStore.Redemption(
                grant.claims().api(), grant.application(), BOUND, true, now().plus(IDLE), now().plus(TOKEN), key);
    }

    /// When all of it happens.
    Instant now() {
        return Nouns.NOW;
    }

    final Act at(Instant when) {
        return new Act(act.actor(), act.requestId(), when);
    }

    final GrantStore.Rotated rotated(Grant grant, long number, Instant when) {
        return rotated(grant, number, when, BOUND.key());
    }

    final GrantStore.Rotated rotated(Grant grant, long number, Instant when, Optional<Confirmation> key) {
        return done(grants().rotate(grant, number, when.plus(IDLE), key, at(when)));
    }

    final boolean dead(Grant grant) {
        return store().facts().dead(grant.id());
    }
}
