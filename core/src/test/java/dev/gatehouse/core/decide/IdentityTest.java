package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A link to an identity provider says who somebody is, and is nothing that anybody could show.
class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InetAddress FROM = InetAddress.getLoopbackAddress();

    private final World world = World.standard();

    private Verdict decided(Ask ask) {
        return Decision.decide(world.direct(CredentialKind.IDENTITY), ask, NOW);
    }

    @Test
    void whoIsKnownByItIsKnown() {
        assertThat(decided(new Ask.Authenticate(FROM))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void itOpensNothingByItself() {
        List<Ask> asks = List.of(
                new Ask.Call(new Need.AnyOf(Scopes.of("read")), FROM),
                new Ask.Call(new Need.Authenticated(), FROM),
                new Ask.Mint(Optional.empty(), FROM),
                new Ask.Renew(Optional.empty(), FROM, Optional.empty(), Set.of(CredentialKind.IDENTITY)),
                new Ask.Redeem(Optional.empty(), FROM),
                new Ask.End(FROM, Optional.empty()),
                new Ask.Introspect());
        asks.forEach(ask -> assertThat(decided(ask))
                .as(ask.toString())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.WrongUse.class)));
    }
}
