package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Acting for customers and exchanging tokens (RFC 8693, GAUNTLET G02).
class DelegationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Scopes READ = Scopes.of("read");

    private final World world = World.standard();

    private static Verdict mint(Facts facts, Optional<Scopes> scopes) {
        return Decision.decide(facts, new Ask.Mint(scopes, World.HERE), NOW);
    }

    private static Verdict call(Facts facts) {
        return Decision.decide(facts, new Ask.Call(new Need.AllOf(READ), World.HERE), NOW);
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
    void aTokenForACustomerNamesItAndItsGeneration() {
        World cut = world.with(
                World.Place.CUSTOMER,
                from -> new Standing(from.holds(), false, from.generation() + 3, from.window(), 1));
        Lineage lineage = allowed(mint(cut.acting(), Optional.of(READ))).lineage();
        assertThat(lineage.customer()).contains(world.id(World.Place.CUSTOMER));
        assertThat(lineage.generations().customer()).isEqualTo(3);
        assertThat(lineage.member()).isEqualTo(world.id(World.Place.APPLICATION));
        assertThat(lineage.organization()).isEqualTo(world.id(World.Place.ORGANIZATION));
        assertThat(lineage.tokens()).isEmpty();
    }

    @Test
    void aCustomerOutsideTheApplicationsTreeIsNotThere() {
        World stranger = World.standard();
        Subject foreign = stranger.subject();
        Subject above =
                new Subject(foreign.customer(), List.of(world.subject().chain().getLast()));
        for (Subject subject : List.of(foreign, above)) {
            Facts facts = new Facts.Acting(world.api(), world.members(CredentialKind.SECRET), Optional.of(subject));
            assertThat(reason(mint(facts, Optional.empty()))).isEqualTo("subject_not_found");
        }
        Facts nobody = new Facts.Acting(world.api(), world.members(CredentialKind.SECRET), Optional.empty());
        assertThat(reason(mint(nobody, Optional.empty()))).isEqualTo("subject_not_found");
    }

    /// By role and by credential alike; and taken away it ends the tokens that are out.
    @Test
    void onlyWhoMayDelegateActsForCustomers() {
        Facts.Derived issued = world.delegated(READ, NOW);
        for (World poor : List.of(
                world.withRole(Rights.at(World.API, READ)), world.with(new Reach.Only(Rights.at(World.API, READ))))) {
            assertThat(reason(mint(poor.acting(), Optional.of(READ)))).isEqualTo("wrong_use");
            assertThat(reason(call(poor.later(issued)))).isEqualTo("wrong_use");
            assertThat(reason(Decision.decide(poor.later(issued), new Ask.Introspect(), NOW)))
                    .isEqualTo("wrong_use");
            assertThat(reason(mint(poor.exchanging(issued), Optional.of(READ)))).isEqualTo("wrong_use");
        }
        assertThat(call(world.later(issued))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void nobodyActsForOthersInTheNameOfACustomer() {
        Scopes granted = allowed(mint(world.acting(), Optional.empty())).scopes();
        assertThat(granted.list()).contains("read", "write", "admin").doesNotContain(Subject.SCOPE);
        assertThat(reason(mint(world.acting(), Optional.of(Scopes.of(Subject.SCOPE)))))
                .isEqualTo("bad_scope");
    }

    @Test
    void anExchangedTokenMayDoLessAndNeverMore() {
        Facts.Derived token = world.token(Scopes.of("write"), NOW);
        assertThat(allowed(mint(world.exchanging(token), Optional.empty())).scopes())
                .isEqualTo(Scopes.of("write"));
        assertThat(allowed(mint(world.exchanging(token), Optional.of(READ))).scopes())
                .as("implied by what was granted")
                .isEqualTo(READ);
        for (Scopes more : List.of(Scopes.of("admin"), Scopes.of("write", "admin"), Scopes.of(Subject.SCOPE))) {
            assertThat(reason(mint(world.exchanging(token), Optional.of(more)))).isEqualTo("bad_scope");
        }
    }

    @Test
    void anExchangedTokenDescendsFromTheOtherOneAndStaysItsCustomers() {
        Facts.Derived first = world.delegated(Scopes.of("write"), NOW);
        Lineage lineage =
                allowed(mint(world.exchanging(first), Optional.of(READ))).lineage();
        assertThat(lineage.tokens()).containsExactly(first.claims().id());
        assertThat(lineage.customer()).contains(world.id(World.Place.CUSTOMER));
        Facts.Derived second = world.token(world.exchanging(first), READ, NOW);
        assertThat(allowed(mint(world.exchanging(second), Optional.of(READ)))
                        .lineage()
                        .tokens())
                .containsExactly(first.claims().id(), second.claims().id());
        assertThat(call(second)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aTokenIsExchangedOnlySoOften() {
        Facts.Derived token = world.token(READ, NOW);
        for (int i = 0; i < Lineage.MAX_TOKENS; i++) {
            assertThat(mint(world.exchanging(token), Optional.empty())).isInstanceOf(Verdict.Allowed.class);
            token = world.token(world.exchanging(token), READ, NOW);
        }
        assertThat(call(token)).isInstanceOf(Verdict.Allowed.class);
        assertThat(reason(mint(world.exchanging(token), Optional.empty()))).isEqualTo("subject_bad_credential");
    }

    @Test
    void onlyTheCredentialsOwnLiveTokenIsExchanged() {
        Facts.Derived token = world.token(READ, NOW);
        Facts.Derived strangers = World.standard().token(READ, NOW);
        Facts.Derived dead = new Facts.Derived(token.api(), token.members(), Optional.empty(), token.claims(), true);
        Facts.Derived elsewhere =
                new Facts.Derived(world.otherApi(), token.members(), Optional.empty(), token.claims(), false);
        assertThat(reason(exchange(Optional.of(strangers)))).isEqualTo("subject_bad_credential");
        assertThat(reason(exchange(Optional.of(dead)))).isEqualTo("subject_tok_revoked");
        assertThat(reason(exchange(Optional.of(elsewhere)))).isEqualTo("subject_bad_credential");
        assertThat(reason(exchange(Optional.empty()))).isEqualTo("subject_bad_credential");
        Ask.Mint later = new Ask.Mint(Optional.empty(), World.HERE);
        assertThat(reason(Decision.decide(
                        world.exchanging(token), later, token.claims().expiresAt())))
                .isEqualTo("subject_tok_expired");
        Facts byKey = new Facts.Exchanging(world.api(), world.members(CredentialKind.API_KEY), Optional.of(token));
        assertThat(reason(mint(byKey, Optional.empty()))).isEqualTo("wrong_use");
    }

    private Verdict exchange(Optional<Facts.Derived> token) {
        return mint(new Facts.Exchanging(world.api(), world.members(CredentialKind.SECRET), token), Optional.empty());
    }

    @Test
    void whatActsOrExchangesOpensNothingElse() {
        Facts.Derived token = world.token(READ, NOW);
        for (Facts facts : List.of(world.acting(), world.exchanging(token))) {
            for (Ask ask : List.of(
                    new Ask.Call(new Need.AllOf(READ), World.HERE),
                    new Ask.Authenticate(World.HERE),
                    new Ask.Introspect())) {
                assertThat(reason(Decision.decide(facts, ask, NOW))).isEqualTo("wrong_use");
            }
        }
    }
}
