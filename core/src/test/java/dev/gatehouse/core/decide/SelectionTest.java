package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that say for which organization they are: it has to stand, and to be within the caller's tree.
class SelectionTest extends DecisionFixture {
    private static final Id BELOW = new Id(Kind.ORGANIZATION, 4711);

    /// What says for whom it is.
    enum Request {
        CALL_BY_KEY,
        CALL_BY_TOKEN,
        MINT
    }

    private final World world = World.standard();
    private final Members members = world.direct(CredentialKind.API_KEY).members();

    private Verdict decide(Request request, Selection selection) {
        Ask call = new Ask.Call(READ, World.HERE);
        return switch (request) {
            case CALL_BY_KEY -> Decision.decide(world.direct(CredentialKind.API_KEY), selection, call, NOW);
            case CALL_BY_TOKEN -> Decision.decide(world.token(Scopes.of("read"), NOW), selection, call, NOW);
            case MINT ->
                Decision.decide(
                        world.direct(CredentialKind.SECRET),
                        selection,
                        new Ask.Mint(Optional.empty(), World.HERE),
                        NOW);
        };
    }

    /// An organization below the caller's.
    private Selection below(Standing standing) {
        List<Organization> chain = new ArrayList<>(members.chain());
        Id parent = members.organization().id();
        chain.addFirst(new Organization(BELOW, Optional.of(parent), "below", standing, Instant.EPOCH));
        return new Selection.Named(chain);
    }

    private static Standing standing(Set<Hold> holds, boolean revoked, Window window) {
        return new Standing(holds, revoked, 0, window, 0);
    }

    @ParameterizedTest
    @EnumSource
    void oneWithinTheCallersTreeChangesNothing(Request request) {
        Verdict without = decide(request, new Selection.None());
        assertThat(without).isInstanceOf(Verdict.Allowed.class);
        assertThat(opens(decide(request, new Selection.Named(members.chain())))).isEqualTo(opens(without));
        assertThat(opens(decide(request, below(Standing.FRESH)))).isEqualTo(opens(without));
    }

    @ParameterizedTest
    @EnumSource
    void oneThatDoesNotStandIsRefused(Request request) {
        assertRefused(
                decide(request, below(standing(Set.of(Hold.POLICY), false, Window.ALWAYS))),
                new Refusal.Held(Kind.ORGANIZATION, BELOW, Set.of(Hold.POLICY)));
        assertRefused(
                decide(request, below(standing(Set.of(), true, Window.ALWAYS))),
                new Refusal.Revoked(Kind.ORGANIZATION, BELOW));
        assertRefused(
                decide(request, below(standing(Set.of(), false, Window.until(NOW)))),
                new Refusal.Expired(Kind.ORGANIZATION, BELOW));
        Window later = new Window(Optional.of(NOW.plusNanos(1)), Optional.empty());
        assertRefused(
                decide(request, below(standing(Set.of(), false, later))), new Refusal.NotYet(Kind.ORGANIZATION, BELOW));
    }

    @ParameterizedTest
    @EnumSource
    void oneAboveBesideOrNowhereIsRefusedAlike(Request request) {
        Organization root = members.chain().getLast();
        Organization beside = new Organization(BELOW, Optional.of(root.id()), "beside", Standing.FRESH, Instant.EPOCH);
        Refusal foreign = new Refusal.BadCredential("the organization is not one of the caller's");
        for (List<Organization> chain : List.of(List.of(root), List.of(beside, root), List.<Organization>of())) {
            assertRefused(decide(request, new Selection.Named(chain)), foreign);
        }
    }

    /// Nobody learns of organizations by a credential that opens nothing.
    @ParameterizedTest
    @EnumSource
    void whatIsRefusedAnywayIsRefusedForItsOwnReason(Request request) {
        World held = world.with(World.Place.APPLICATION, standing -> withHolds(standing, Set.of(Hold.OWNER)));
        Facts facts = request == Request.CALL_BY_TOKEN
                ? held.token(Scopes.of("read"), NOW)
                : held.direct(request == Request.MINT ? CredentialKind.SECRET : CredentialKind.API_KEY);
        Ask call = new Ask.Call(READ, World.HERE);
        assertThat(Decision.decide(facts, new Selection.Named(List.of()), call, NOW))
                .isEqualTo(Decision.decide(facts, call, NOW));
    }
}
