package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who may have a token for one that is another's, and in which part (ADR 0036, GAUNTLET G02).
class ExchangesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Scopes PLATFORM = Scopes.of("read", "write", Subject.SCOPE);
    private static final Ask MINT = new Ask.Mint(Optional.empty(), World.HERE);
    private static final Ask CALL = new Ask.Call(new Need.AllOf(Scopes.of("read")), World.HERE);

    private final World world = World.standard();

    /// An application beside the subject's, with these scopes.
    private Actor client(long id, CredentialKind kind, String... scopes) {
        Members beside = world.members(kind);
        Application application = new Application(
                new Id(Kind.APPLICATION, id),
                beside.organization().id(),
                "client" + id,
                "app" + id,
                Optional.of(new Id(Kind.ROLE, 2)),
                Standing.FRESH,
                Instant.EPOCH);
        Credential credential = new Credential(
                new Id(Kind.CREDENTIAL, id),
                application.id(),
                application.organization(),
                kind,
                "key",
                "…",
                Digest.of(1, new byte[32]),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                Instant.EPOCH);
        Role role = new Role(
                new Id(Kind.ROLE, 2),
                world.id(World.Place.ROOT),
                "role",
                Rights.at(World.API, Scopes.of(List.of(scopes))),
                false,
                0);
        return new Actor(application, Optional.of(role), beside.chain(), Optional.of(credential));
    }

    private static Facts.Passing passing(Facts.Derived token, Actor client) {
        return new Facts.Passing(token, client, new Facts.Passing.Beside.Nothing());
    }

    /// At an Api that has the two scopes.
    private Facts.Derived token() {
        Facts.Derived plain = world.token(PLATFORM, NOW);
        return new Facts.Derived(
                exchanging(plain), plain.members(), Optional.empty(), plain.claims(), false, Optional.empty());
    }

    private static Api exchanging(Facts facts) {
        Api api = facts.api();
        Map<String, Catalogue.Entry> entries = new HashMap<>(World.CATALOGUE.entries());
        entries.put(Exchanges.ACT, new Catalogue.Entry("act", Scopes.NONE));
        entries.put(Exchanges.IMPERSONATE, new Catalogue.Entry("stand in", Scopes.NONE));
        return api.with(Catalogue.of(entries));
    }

    private static Facts.Derived issued(Facts.Passing passing, Verdict.Allowed allowed) {
        Claims claims = new Claims(
                new Id(Kind.TOKEN, 4711),
                World.API,
                "client",
                passing.client().application().clientId(),
                allowed.lineage(),
                allowed.scopes(),
                NOW,
                NOW.plusSeconds(60));
        return new Facts.Derived(
                passing.api(), passing.members(), passing.subject(), claims, false, passing.actor(), passing.passed());
    }

    private static Verdict.Allowed allowed(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Allowed.class);
        return (Verdict.Allowed) verdict;
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).refusal().reason();
    }

    @Test
    void thePartIsTheRightsAndNobodyHasMoreThanBoth() {
        Facts.Passing acting = passing(token(), client(7, CredentialKind.SECRET, "read", Exchanges.ACT));
        Verdict.Allowed got = allowed(Decision.decide(acting, MINT, NOW));
        assertThat(got.scopes()).isEqualTo(Scopes.of("read"));
        assertThat(got.actor()).contains("client7");
        assertThat(got.lineage().passed()).extracting(Lineage.Passed::as).containsExactly(Lineage.As.ACTOR);
        assertThat(got.lineage().client()).isEqualTo(new Id(Kind.APPLICATION, 7));
        Facts.Passing standing = passing(token(), client(8, CredentialKind.SECRET, "read", Exchanges.IMPERSONATE));
        assertThat(allowed(Decision.decide(standing, MINT, NOW)).lineage().passed())
                .extracting(Lineage.Passed::as)
                .containsExactly(Lineage.As.SUBJECT);
        assertThat(reason(Decision.decide(passing(token(), client(9, CredentialKind.SECRET, "read")), MINT, NOW)))
                .isEqualTo("subject_bad_credential");
        assertThat(reason(Decision.decide(
                        passing(token(), client(9, CredentialKind.API_KEY, "read", Exchanges.ACT)), MINT, NOW)))
                .isEqualTo("wrong_use");
    }

    @Test
    void whatWasPassedOnIsJudgedByEverybodyInBetween() {
        Facts.Passing acting = passing(token(), client(7, CredentialKind.SECRET, "read", Exchanges.ACT));
        Facts.Derived token = issued(acting, allowed(Decision.decide(acting, MINT, NOW)));
        allowed(Decision.decide(token, CALL, NOW));
        for (Actor now : List.of(
                client(7, CredentialKind.SECRET, "read"), client(7, CredentialKind.SECRET, "admin", Exchanges.ACT))) {
            Facts.Derived later = new Facts.Derived(
                    token.api(), token.members(), token.subject(), token.claims(), false, token.actor(), List.of(now));
            assertThat(Decision.decide(later, CALL, NOW)).isInstanceOf(Verdict.Refused.class);
        }
        Facts.Derived nobody = new Facts.Derived(
                token.api(), token.members(), token.subject(), token.claims(), false, token.actor(), List.of());
        assertThat(Decision.decide(nobody, CALL, NOW)).isNotInstanceOf(Verdict.Allowed.class);
    }

    /// Who acts by what came to it acts for no customer of the subject's by it.
    @Test
    void whatWasPassedOnIsExchangedForNoCustomersToken() {
        Facts.Passing acting = passing(token(), client(7, CredentialKind.SECRET, "read", Exchanges.ACT, Subject.SCOPE));
        Facts.Derived token = issued(acting, allowed(Decision.decide(acting, MINT, NOW)));
        Facts.Delegating delegating = new Facts.Delegating(Optional.of(world.subject()), token);
        assertThat(Decision.decide(delegating, MINT, NOW)).isNotInstanceOf(Verdict.Allowed.class);
    }
}
