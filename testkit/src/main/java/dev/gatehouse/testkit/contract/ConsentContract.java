package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What people allow, until when it counts, and how they take it back.
public abstract class ConsentContract extends GrantFixture {
    @Test
    void nobodyGrantsAnythingWhoIsRevoked() {
        Somebody alice = somebody("alice");
        Grant grant = grant(alice, application("app"), PLAIN);
        done(store().members().revoke(alice.user().id(), act));
        assertThat(grants().open(grant, digest(), Nouns.NOW.plus(CODE), true, act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(grants().consents(alice.user().id())).isEmpty();
    }

    @Test
    void whatIsNotForTheTimeWithoutTheUserEndsWithItsLogin() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Id session = login(alice);
        Grant online = grant(alice, application, Scopes.of("openid", "profile"), session);
        Grant offline = grant(alice, application, Scopes.of("offline_access", "openid"), session);
        Grant plain = grant(alice, application, PLAIN, session);
        Grant elsewhere = grant(alice, application, Scopes.of("openid"));
        for (Grant one : List.of(online, offline, plain, elsewhere)) {
            done(grants().redeem(List.of(opened(one)), redemption(one), act));
        }
        done(store().sessions().end(session, act));
        assertThat(dead(online)).isTrue();
        assertThat(List.of(offline, plain, elsewhere)).noneMatch(this::dead);
    }

    @Test
    void whatWasAllowedIsRememberedAndAddsUp() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Id api = installed.admin().id();
        for (Scopes scopes : List.of(Scopes.of("orders:read"), Scopes.of("openid"))) {
            done(grants().open(grant(alice, application, scopes), digest(), Nouns.NOW.plus(CODE), true, act));
        }
        assertThat(grants().consented(alice.user().id(), application.id(), api))
                .isEqualTo(Scopes.of("openid", "orders:read"));
        assertThat(grants().consented(somebody("bob").user().id(), application.id(), api))
                .isEqualTo(Scopes.NONE);
        assertThat(grants().consents(alice.user().id()))
                .containsExactly(
                        new GrantStore.Consent(application.id(), api, Scopes.of("openid", "orders:read"), Nouns.NOW));
    }

    @Test
    void whatIsWithdrawnIsForgottenAndEndsAllThatCameOfIt() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Application other = application("other");
        Grant used = grant(alice, application, PLAIN);
        Grant unused = grant(alice, application, PLAIN);
        Grant kept = grant(alice, other, PLAIN);
        done(grants().open(used, digest(), Nouns.NOW.plus(CODE), true, act));
        Digest code = opened(unused);
        done(grants().open(kept, digest(), Nouns.NOW.plus(CODE), true, act));
        assertThat(done(grants().withdraw(alice.user().id(), application.id(), act)))
                .isEqualTo(2);
        assertThat(grants().consents(alice.user().id()))
                .extracting(GrantStore.Consent::application)
                .containsExactly(other.id());
        assertThat(dead(used)).isTrue();
        assertThat(dead(kept)).isFalse();
        assertThat(done(grants().redeem(List.of(code), redemption(unused), act)))
                .isEqualTo(new Redeemed.Again(unused.id()));
        assertThat(done(grants().withdraw(alice.user().id(), application.id(), act)))
                .isZero();
        assertThat(grants().withdraw(nouns.id(Kind.USER), application.id(), act))
                .isInstanceOf(Stored.Missing.class);
    }

    @Test
    void whatALoginGrantedIsFoundUntilItIsOver() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        Grant grant = grant(alice, app, PLAIN);
        Digest code = opened(grant);
        Id api = installed.admin().id();
        assertThat(grants().living(alice.user().id(), app.id(), api, grant.known(), Nouns.NOW))
                .isEmpty();
        GrantStore.Redemption by = redemption(grant);
        assertThat(done(grants().redeem(List.of(code), by, act))).isEqualTo(new Redeemed.First(grant));
        Optional<Grant> living = grants().living(alice.user().id(), app.id(), api, grant.known(), Nouns.NOW);
        assertThat(living.map(Grant::id)).contains(grant.id());
        Instant over = living.orElseThrow().claims().expiresAt();
        assertThat(grants().living(alice.user().id(), app.id(), api, grant.known(), over.minusSeconds(1)))
                .isPresent();
        assertThat(grants().living(alice.user().id(), app.id(), api, grant.known(), over))
                .isEmpty();
        assertThat(grants().living(alice.user().id(), app.id(), api, nouns.id(Kind.SESSION), Nouns.NOW))
                .isEmpty();
        assertThat(grants().living(alice.user().id(), app.id(), nouns.id(Kind.API), grant.known(), Nouns.NOW))
                .isEmpty();
        assertThat(grants().living(alice.user().id(), application("other").id(), api, grant.known(), Nouns.NOW))
                .isEmpty();
        assertThat(grants().living(somebody("bob").user().id(), app.id(), api, grant.known(), Nouns.NOW))
                .isEmpty();
        done(grants().end(grant.id(), act));
        assertThat(grants().living(alice.user().id(), app.id(), api, grant.known(), Nouns.NOW))
                .isEmpty();
    }

    @Test
    void whatIsEndedIsDeadAndEndingItAgainChangesNothing() {
        Grant grant = live("alice");
        done(grants().end(grant.id(), act));
        assertThat(dead(grant)).isTrue();
        int before = trail().size();
        done(grants().end(grant.id(), act));
        assertThat(trail()).hasSize(before);
        assertThat(grants().end(nouns.id(Kind.GRANT), act)).isInstanceOf(Stored.Missing.class);
    }
}
