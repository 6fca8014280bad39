package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Effective rights are an intersection, and none means none.
class RightsDecisionTest extends DecisionFixture {
    @Test
    void emptyRightsMeanNothing() {
        World world = World.standard();
        for (World poor : List.of(
                world.with(new Reach.Only(Rights.NONE)),
                world.withRole(Optional.empty()),
                world.withRole(Rights.NONE))) {
            for (Way way : Way.values()) {
                if (way == Way.CLIENT) {
                    assertThat(ask(way, poor))
                            .isInstanceOfSatisfying(
                                    Verdict.Allowed.class,
                                    allowed -> assertThat(allowed.scopes()).isEqualTo(Scopes.NONE));
                } else {
                    assertThat(ask(way, poor)).isInstanceOf(Verdict.Refused.class);
                }
            }
            assertThat(Decision.decide(
                            poor.direct(CredentialKind.API_KEY),
                            new Ask.Call(new Need.Authenticated(), World.HERE),
                            NOW))
                    .isInstanceOf(Verdict.Refused.class);
        }
        assertThat(Decision.decide(world.token(Scopes.NONE, NOW), new Ask.Call(READ, World.HERE), NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void whatIsAllowedIsTheIntersectionOfRoleCredentialAndGrant() {
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            Scopes role = some(random);
            Scopes credential = some(random);
            Scopes grant = some(random);
            World world = World.standard()
                    .withRole(Rights.at(World.API, role))
                    .with(new Reach.Only(Rights.at(World.API, credential)));
            for (String scope : World.CATALOGUE.all().list()) {
                boolean expected = holds(role, scope) && holds(credential, scope) && holds(grant, scope);
                Verdict verdict = Decision.decide(
                        world.token(grant, NOW), new Ask.Call(new Need.AllOf(Scopes.of(scope)), World.HERE), NOW);
                assertThat(verdict instanceof Verdict.Allowed)
                        .as("%s of role %s, credential %s, grant %s", scope, role, credential, grant)
                        .isEqualTo(expected);
                if (verdict instanceof Verdict.Allowed allowed) {
                    for (String listed : allowed.scopes().list()) {
                        assertThat(holds(role, listed) && holds(credential, listed) && holds(grant, listed))
                                .isTrue();
                    }
                    assertThat(World.CATALOGUE.grants(allowed.scopes(), scope)).isTrue();
                }
            }
        }
    }

    @Test
    void aMintGrantsWhatIsAskedOrNothing() {
        World world = World.standard().with(new Reach.Only(Rights.at(World.API, Scopes.of("write"))));
        Facts client = world.direct(CredentialKind.SECRET);
        assertThat(mint(client, Scopes.of("read")))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.scopes()).isEqualTo(Scopes.of("read")));
        for (Scopes tooMuch : List.of(Scopes.of("admin"), Scopes.of("read", "admin"), Scopes.of("unheard-of"))) {
            assertRefused(mint(client, tooMuch), new Refusal.BadScope());
        }
    }
}
