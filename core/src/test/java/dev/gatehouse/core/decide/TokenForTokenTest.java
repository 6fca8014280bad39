package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A token for a token, without the secret, to act for a customer.
class TokenForTokenTest {
    /// What came by exchange ends with what it came from, and no renewal outlives that.
    @Test
    void whatCameFromAnotherTokenIsNotRenewed() {
        World world = World.standard();
        Ask renew = new Ask.Renew(Optional.empty(), World.HERE, Optional.empty(), Set.of(CredentialKind.SECRET));
        Facts.Derived first = world.token(Scopes.of("read"), NOW);
        assertThat(Decision.decide(first, renew, NOW)).isInstanceOf(Verdict.Allowed.class);
        Facts.Derived exchanged = world.token(world.exchanging(first), Scopes.of("read"), NOW);
        assertThat(exchanged.claims().lineage().tokens())
                .containsExactly(first.claims().id());
        assertThat(Decision.decide(exchanged, renew, NOW))
                .isEqualTo(new Verdict.Refused(
                        new Refusal.WrongUse(exchanged.members().credential().id())));
    }

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Scopes READ = Scopes.of("read");
    private static final Scopes PLATFORM = Scopes.of("read", Subject.SCOPE);

    private final World world = World.standard();

    private static Verdict mint(Facts facts, Optional<Scopes> scopes, Instant at) {
        return Decision.decide(facts, new Ask.Mint(scopes, World.HERE), at);
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).refusal().reason();
    }

    private static Verdict.Allowed allowed(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Allowed.class);
        return (Verdict.Allowed) verdict;
    }

    private Facts.Delegating delegating(Facts.Derived token) {
        return new Facts.Delegating(Optional.of(world.subject()), token);
    }

    @Test
    void aTokenForACustomerDescendsFromThePlatformsAndHasItsRights() {
        Facts.Derived platform = world.token(PLATFORM, NOW);
        Verdict.Allowed client = allowed(mint(delegating(platform), Optional.empty(), NOW));
        assertThat(client.lineage().customer()).contains(world.id(World.Place.CUSTOMER));
        assertThat(client.lineage().tokens()).containsExactly(platform.claims().id());
        assertThat(client.scopes()).isEqualTo(READ);
        assertThat(reason(mint(delegating(platform), Optional.of(Scopes.of("admin")), NOW)))
                .isEqualTo("bad_scope");
    }

    @Test
    void onlyATokenThatWasGrantedTheRightActsForCustomersAndOnlyOnce() {
        assertThat(reason(mint(delegating(world.token(READ, NOW)), Optional.empty(), NOW)))
                .isEqualTo("wrong_use");
        World poor = world.withRole(Rights.at(World.API, READ));
        assertThat(reason(mint(delegating(poor.later(world.token(PLATFORM, NOW))), Optional.empty(), NOW)))
                .isEqualTo("wrong_use");
        Facts.Derived client = world.token(delegating(world.token(PLATFORM, NOW)), PLATFORM, NOW);
        assertThat(reason(mint(delegating(client), Optional.empty(), NOW))).isEqualTo("wrong_use");
    }

    /// Who has no token that counts does not learn which customers there are.
    @Test
    void theTokenIsJudgedBeforeTheCustomer() {
        Facts.Derived platform = world.token(PLATFORM, NOW);
        Facts.Derived dead =
                new Facts.Derived(platform.api(), platform.members(), Optional.empty(), platform.claims(), true);
        Facts nobody = new Facts.Delegating(Optional.empty(), platform);
        assertThat(reason(mint(nobody, Optional.empty(), NOW))).isEqualTo("subject_not_found");
        assertThat(reason(mint(nobody, Optional.empty(), platform.claims().expiresAt())))
                .isEqualTo("tok_expired");
        assertThat(reason(mint(new Facts.Delegating(Optional.empty(), dead), Optional.empty(), NOW)))
                .isEqualTo("tok_revoked");
        Facts foreign = new Facts.Delegating(Optional.of(World.standard().subject()), platform);
        assertThat(reason(mint(foreign, Optional.empty(), NOW))).isEqualTo("subject_not_found");
    }

    @Test
    void whatIsForAnotherTokenOpensNothingElse() {
        Facts.Derived token = world.token(PLATFORM, NOW);
        Facts facts = delegating(token);
        for (Ask ask : List.of(
                new Ask.Call(new Need.AllOf(READ), World.HERE),
                new Ask.Authenticate(World.HERE),
                new Ask.Introspect())) {
            assertThat(reason(Decision.decide(facts, ask, NOW))).isEqualTo("wrong_use");
        }
    }

    @Test
    void anApiKeyActsForACustomerOnACallAndIsIssuedNothing() {
        Facts acting =
                new Facts.Acting(world.api(), world.members(CredentialKind.API_KEY), Optional.of(world.subject()));
        Verdict.Allowed call = allowed(Decision.decide(acting, new Ask.Call(new Need.AllOf(READ), World.HERE), NOW));
        assertThat(call.lineage().customer()).contains(world.id(World.Place.CUSTOMER));
        assertThat(reason(mint(acting, Optional.empty(), NOW))).isEqualTo("wrong_use");
    }
}
