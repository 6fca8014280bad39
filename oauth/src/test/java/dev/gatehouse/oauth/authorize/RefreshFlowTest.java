package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.oauth.endpoint.GrantLives;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Refresh tokens at the token endpoint, and what clients ask about them.
class RefreshFlowTest extends GrantFlow {
    private static final String SCOPES = "offline_access openid orders:read";

    private Reply granted() {
        return redeem(code(world.confidential, SCOPES));
    }

    @Test
    void eachUseGivesAnotherAndTheTokensBeforeGoOnCounting() {
        Reply first = granted();
        Reply second = refresh(text(first, "refresh_token"));
        Reply third = refresh(text(second, "refresh_token"));
        assertThat(List.of(text(first, "refresh_token"), text(second, "refresh_token"), text(third, "refresh_token")))
                .doesNotHaveDuplicates();
        for (Reply reply : List.of(first, second, third)) {
            assertThat(counts(text(reply, "access_token"))).isTrue();
        }
        assertThat(claims(text(third, "id_token")).text("sub"))
                .contains(world.alice.id().text());
    }

    /// GAUNTLET D01.
    @Test
    void reuseEndsTheGrantAndAllItsTokens() {
        Reply first = granted();
        Reply second = refresh(text(first, "refresh_token"));
        world.clock.advance(GrantStore.GRACE);
        refused(refresh(text(first, "refresh_token")), 400, "invalid_grant");
        refused(refresh(text(second, "refresh_token")), 400, "invalid_grant");
        assertThat(counts(text(first, "access_token"))).isFalse();
        assertThat(counts(text(second, "access_token"))).isFalse();
        assertThat(world.refused).contains("grant_revoked");
    }

    /// GAUNTLET D03: a lost answer is repeated.
    @Test
    void theSameTokenTwiceAtOnceHasTheSameSuccessor() {
        Reply first = granted();
        Reply second = refresh(text(first, "refresh_token"));
        Reply again = refresh(text(first, "refresh_token"));
        assertThat(text(again, "refresh_token")).isEqualTo(text(second, "refresh_token"));
        assertThat(refresh(text(again, "refresh_token")).status()).isEqualTo(200);
    }

    /// GAUNTLET D05: nobody else's request changes anything.
    @Test
    void aTokenIsItsClients() {
        String refresh = text(granted(), "refresh_token");
        String body = "grant_type=refresh_token&refresh_token=" + refresh;
        refused(token(body), 401, "invalid_client");
        refused(token(body + "&client_id=conf"), 401, "invalid_client");
        refused(token(body + "&client_id=open"), 400, "invalid_grant");
        refused(token(body.substring(0, body.length() - 4) + "AAAA" + conf()), 400, "invalid_grant");
        refused(world.tokens.answer(post(body + conf()), world.sealed), 400, "invalid_grant");
        assertThat(refresh(refresh).status()).isEqualTo(200);
    }

    /// GAUNTLET G01.
    @Test
    void noMoreIsHadThanWasGranted() {
        String refresh = text(granted(), "refresh_token");
        String body = "grant_type=refresh_token&refresh_token=" + refresh + conf();
        refused(token(body + "&scope=orders%3Awrite"), 400, "invalid_scope");
        refused(token(body + "&scope=a++b"), 400, "invalid_scope");
        Reply narrower = token(body + "&scope=orders%3Aread");
        assertThat(text(narrower, "scope")).isEqualTo("orders:read");
        assertThat(members(narrower)).doesNotContainKey("id_token");
        assertThat(text(refresh(text(narrower, "refresh_token")), "scope")).isEqualTo(SCOPES);
    }

    /// GAUNTLET D09.
    @Test
    void aTokenThatIsNotUsedEnds() {
        String refresh = text(granted(), "refresh_token");
        world.clock.advance(GrantLives.IDLE);
        refused(refresh(refresh), 400, "invalid_grant");
    }

    /// GAUNTLET D06: whatever ends or is held above a grant, nothing is issued on it, and what was is dead. What
    /// is held comes back, without a rotation in between.
    @Test
    void whoeverIsHeldStopsAllOfItAndNothingIsLost() {
        Map<String, Id> above = Map.of(
                "user", world.alice.id(),
                "membership", world.aliceAtShop.id(),
                "password", world.password.id(),
                "organization", world.shop.id(),
                "application", world.confidential.id());
        above.forEach((what, id) -> {
            Reply tokens = granted();
            GrantWorld.done(world.store.members().hold(id, Hold.PROVIDER, world.act));
            Reply held = refresh(text(tokens, "refresh_token"));
            assertThat(held.status()).as(what).isIn(400, 401);
            assertThat(counts(text(tokens, "access_token"))).as(what).isFalse();
            GrantWorld.done(world.store.members().lift(id, Hold.PROVIDER, world.act));
            assertThat(counts(text(tokens, "access_token"))).as(what).isTrue();
            assertThat(refresh(text(tokens, "refresh_token")).status()).as(what).isEqualTo(200);
        });
    }

    /// GAUNTLET D06.
    @Test
    void whateverIsCutEndsAllOfIt() {
        for (Id id : List.of(world.confidential.id(), world.aliceAtShop.id())) {
            world.signIn();
            Reply tokens = granted();
            GrantWorld.done(world.store.members().cut(id, world.act));
            refused(refresh(text(tokens, "refresh_token")), 400, "invalid_grant");
            assertThat(counts(text(tokens, "access_token"))).isFalse();
        }
    }

    @Test
    void whoTakesItsConsentBackEndsAllOfIt() {
        Reply tokens = granted();
        GrantWorld.done(world.store.grants().withdraw(world.alice.id(), world.confidential.id(), world.act));
        refused(refresh(text(tokens, "refresh_token")), 400, "invalid_grant");
        assertThat(counts(text(tokens, "access_token"))).isFalse();
        assertThat(ask(request(world.confidential, SCOPES))).isInstanceOf(AuthorizeStep.Consent.class);
    }

    @Test
    void whatIsNotForTheTimeWithoutTheUserEndsWithTheLogin() {
        Reply online = redeem(code(world.confidential, "openid"));
        Reply offline = granted();
        GrantWorld.done(world.store.sessions().end(world.signedIn.session(), world.act));
        assertThat(counts(text(online, "access_token"))).isFalse();
        assertThat(counts(text(offline, "access_token"))).isTrue();
        assertThat(refresh(text(offline, "refresh_token")).status()).isEqualTo(200);
    }

    private Reply revoke(String token, String client) {
        return world.revocation.answer(post("token=" + token + client), world.api);
    }

    private Reply introspect(String token, String client) {
        return world.introspection.answer(post("token=" + token + client), world.api);
    }

    /// GAUNTLET D07, RFC 7009 section 2.1.
    @Test
    void revokingARefreshTokenEndsItsAccessTokens() {
        Reply tokens = granted();
        assertThat(revoke(text(tokens, "refresh_token"), "&client_id=open").status())
                .isEqualTo(200);
        assertThat(counts(text(tokens, "access_token"))).isTrue();
        refused(revoke(text(tokens, "refresh_token"), "&client_id=conf"), 401, "invalid_client");
        assertThat(revoke(text(tokens, "refresh_token") + "&token_type_hint=access_token", conf())
                        .status())
                .isEqualTo(200);
        assertThat(counts(text(tokens, "access_token"))).isFalse();
        refused(refresh(text(tokens, "refresh_token")), 400, "invalid_grant");
        assertThat(revoke("gtr_nonsense", conf()).status()).isEqualTo(200);
    }

    /// RFC 6749 section 6, RFC 7009 section 2.1: its name and the token are all that it has.
    @Test
    void aPublicClientRefreshesAndRevokesByName() {
        Reply first = token("grant_type=authorization_code&client_id=open&code="
                + code(world.open, "offline_access openid") + "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb"
                + "&code_verifier=" + VERIFIER);
        Reply second = token("grant_type=refresh_token&client_id=open&refresh_token=" + text(first, "refresh_token"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(claims(text(first, "id_token")).text("nonce")).isPresent();
        assertThat(claims(text(second, "id_token")).text("nonce"))
                .as("OpenID Connect Core section 12.2")
                .isEmpty();
        assertThat(revoke(text(second, "refresh_token"), "&client_id=open").status())
                .isEqualTo(200);
        assertThat(counts(text(second, "access_token"))).isFalse();
        refused(
                token("grant_type=refresh_token&client_id=open&refresh_token=" + text(second, "refresh_token")),
                400,
                "invalid_grant");
    }

    @Test
    void revokingAnAccessTokenEndsThatAlone() {
        Reply tokens = granted();
        assertThat(revoke(text(tokens, "access_token"), conf()).status()).isEqualTo(200);
        assertThat(counts(text(tokens, "access_token"))).isFalse();
        assertThat(refresh(text(tokens, "refresh_token")).status()).isEqualTo(200);
    }

    /// GAUNTLET D07, G03, RFC 7662 section 2.2.
    @Test
    void aClientLearnsOfItsOwnTokensAndOfNoOthers() {
        Reply tokens = granted();
        Reply access = introspect(text(tokens, "access_token"), conf());
        assertThat(members(access)).containsEntry("active", true).containsEntry("client_id", "conf");
        Reply refresh = introspect(text(tokens, "refresh_token"), conf());
        assertThat(members(refresh))
                .containsEntry("active", true)
                .containsEntry("sub", world.alice.id().text())
                .containsEntry("scope", SCOPES);
        refused(introspect(text(tokens, "refresh_token"), "&client_id=open"), 401, "invalid_client");
        refresh(text(tokens, "refresh_token"));
        assertThat(members(introspect(text(tokens, "refresh_token"), conf()))).isEqualTo(Map.of("active", false));
        revoke(text(tokens, "refresh_token"), conf());
        assertThat(members(introspect(text(tokens, "access_token"), conf()))).isEqualTo(Map.of("active", false));
    }
}
