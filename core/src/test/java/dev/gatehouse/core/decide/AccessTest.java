package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an organization lets the application of one above it do there bounds what that may do, and gives nothing.
class AccessTest extends DecisionFixture {
    private static final Id SUB = new Id(Kind.ORGANIZATION, 4711);
    private static final Id DEEPER = new Id(Kind.ORGANIZATION, 4712);
    private static final Id ROLE = new Id(Kind.ROLE, 4713);

    private final World world = World.standard();
    private final Members members = world.direct(CredentialKind.API_KEY).members();
    private final Id api = world.direct(CredentialKind.API_KEY).api().id();

    private Access access(String... scopes) {
        return new Access(members.holder().id(), Optional.of(ROLE)).of(Rights.at(api, Scopes.of(scopes)));
    }

    private Access denied() {
        return new Access(members.holder().id(), Optional.empty());
    }

    /// The organization right below the caller's, or the one below that.
    private Selection.Named at(boolean deeper, Access... access) {
        List<Organization> chain = new ArrayList<>(members.chain());
        Id parent = members.organization().id();
        chain.addFirst(
                new Organization(SUB, Optional.of(parent), "sub", Standing.FRESH, Instant.EPOCH).with(List.of(access)));
        if (deeper) {
            chain.addFirst(new Organization(DEEPER, Optional.of(SUB), "deeper", Standing.FRESH, Instant.EPOCH));
        }
        return new Selection.Named(chain);
    }

    private Optional<Verdict.Allowed> managing(Selection.Named target, String scope) {
        Verdict.Allowed caller = (Verdict.Allowed) Decision.decide(
                world.direct(CredentialKind.API_KEY), new Ask.Call(new Need.AllOf(Scopes.of(scope)), World.HERE), NOW);
        return Decision.managing(caller, target.chain(), new Need.AllOf(Scopes.of(scope)));
    }

    private Verdict call(Selection selection, String scope) {
        Ask ask = new Ask.Call(new Need.AllOf(Scopes.of(scope)), World.HERE);
        return Decision.decide(world.direct(CredentialKind.API_KEY), selection, ask, NOW);
    }

    private Verdict mint(Selection selection) {
        return Decision.decide(
                world.direct(CredentialKind.SECRET), selection, new Ask.Mint(Optional.empty(), World.HERE), NOW);
    }

    @Test
    void withoutOneNothingIsBounded() {
        assertThat(call(at(false), "read")).isInstanceOf(Verdict.Allowed.class);
        assertThat(call(at(false), "write")).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aRoleBoundsThereAndBelow() {
        for (boolean deeper : new boolean[] {false, true}) {
            Selection selection = at(deeper, access("read"));
            assertThat(call(selection, "read")).isInstanceOf(Verdict.Allowed.class);
            assertThat(call(selection, "write")).isInstanceOf(Verdict.Refused.class);
            assertThat(mint(selection))
                    .isInstanceOfSatisfying(
                            Verdict.Allowed.class,
                            allowed -> assertThat(allowed.scopes().list()).containsExactly("read"));
        }
        assertThat(call(new Selection.Named(members.chain()), "write"))
                .as("at home")
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void itGivesNothingThatIsNotThereAnyway() {
        Facts token = world.token(Scopes.of("read"), NOW);
        Ask ask = new Ask.Call(new Need.AllOf(Scopes.of("admin")), World.HERE);
        assertThat(Decision.decide(token, at(false, access("read", "admin")), ask, NOW))
                .isEqualTo(new Verdict.Refused(new Refusal.Forbidden(new Need.AllOf(Scopes.of("admin")))));
    }

    @Test
    void whoIsDeniedMayDoNothing() {
        for (boolean deeper : new boolean[] {false, true}) {
            assertThat(call(at(deeper, denied()), "read"))
                    .isEqualTo(new Verdict.Refused(new Refusal.Forbidden(new Need.AllOf(Scopes.of("read")))));
            assertThat(mint(at(deeper, denied()))).isEqualTo(new Verdict.Refused(new Refusal.BadScope()));
        }
    }

    /// Where the organization is not what the request is for but what it manages.
    @Test
    void whatIsManagedIsBoundedToo() {
        for (boolean deeper : new boolean[] {false, true}) {
            assertThat(managing(at(deeper), "write")).isPresent();
            assertThat(managing(at(deeper, access("read")), "read")).isPresent();
            assertThat(managing(at(deeper, access("read")), "write")).isEmpty();
            assertThat(managing(at(deeper, denied()), "read")).isEmpty();
        }
    }

    @Test
    void nobodyHandsOutBelowWhatItMayNotDoThere() {
        Verdict.Allowed there = managing(at(false, access("read")), "read").orElseThrow();
        assertThat(Decision.rights(there, _ -> there.facts().api().catalogue())
                        .at(api)
                        .list())
                .containsExactly("read");
        Verdict.Allowed selected = (Verdict.Allowed) call(at(false, access("read")), "read");
        assertThat(Decision.rights(selected, _ -> selected.facts().api().catalogue())
                        .at(api)
                        .list())
                .containsExactly("read");
    }

    /// What two organizations above say of one application counts both.
    @Test
    void nobodyBelowGivesBackWhatSomebodyAboveTook() {
        Access above = new Access(
                members.holder().id(),
                Optional.empty(),
                members.chain().getLast().id());
        assertThat(call(at(false, access("read", "write"), above), "read")).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void thatOfAnotherApplicationMeansNothing() {
        Access others = new Access(new Id(Kind.APPLICATION, 99), Optional.empty());
        assertThat(call(at(false, others), "write")).isInstanceOf(Verdict.Allowed.class);
    }
}
