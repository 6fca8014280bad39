package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.oauth.Forger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The claims of a token have the form that ours have, and no other (GAUNTLET E07, E08).
class JwtClaimsTest extends JwtAttackFixture {
    @Test
    void e07IssuerAndAudienceAreExact() {
        Forger forger = new Forger(world, world.es256);
        String audience = '"' + world.es256.audience() + '"';
        String issuer = '"' + world.es256.issuer() + '"';
        for (String other : List.of(
                "\"" + world.es256.audience() + ".evil\"",
                "\"" + world.es256.audience() + "/\"",
                "\"" + world.sealed.audience() + "\"",
                "[" + audience + "]",
                "[" + audience + ",\"https://other\"]",
                "[]",
                "null",
                "\"\"")) {
            refused(forger.token(forger.header(), forger.payload().replace(audience, other)), world.es256);
        }
        for (String other : List.of(
                "\"" + world.es256.issuer() + "/\"", "\"" + world.rs256.issuer() + "\"", "null", "[" + issuer + "]")) {
            refused(forger.token(forger.header(), forger.payload().replace(issuer, other)), world.es256);
        }
        for (String name : List.of("iss", "aud", "sub", "client_id", "scope", "jti", "iat", "exp", "lin")) {
            refused(
                    forger.token(forger.header(), forger.payload().replace("\"" + name + "\":", "\"x\":")),
                    world.es256);
            refused(forger.token(forger.header(), with(forger.payload(), "\"" + name + "\":1")), world.es256);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1795262400\"",
                "1e308",
                "1.0",
                "17952624e2",
                "9223372036854775808",
                "9223372036854775807",
                "-9223372036854775808",
                "-1",
                "0",
                "-0",
                "01",
                "+1",
                "0x1",
                "1_0",
                "NaN",
                "Infinity",
                "null",
                "true",
                "[]",
                "{}",
                "[1]",
                "253402300800",
                "99999999999999999999999999999999999999",
                "1795262400.5",
                ""
            })
    void e08TimesAreIntegersInRange(String number) {
        Forger forger = new Forger(world, world.es256);
        String payload = forger.payload();
        refused(
                forger.token(forger.header(), payload.replaceFirst("\"exp\":[0-9]+", "\"exp\":" + number)),
                world.es256);
        String iat = payload.replaceFirst("\"iat\":[0-9]+", "\"iat\":" + number);
        refused(forger.token(forger.header(), iat), world.es256);
        refused(forger.token(forger.header(), with(payload, "\"exp\":" + number)), world.es256);
        refused(forger.token(forger.header(), with(payload, "\"nbf\":" + number)), world.es256);
    }

    @Test
    void e08ALifeThatNoPolicyGivesIsRefused() {
        Forger forger = new Forger(world, world.es256);
        long now = world.now.getEpochSecond();
        record Case(long issuedAt, long expiresAt, boolean accepted) {}
        for (Case c : List.of(
                new Case(now, now + 86_400, true),
                new Case(now, now + 86_401, false),
                new Case(now, now, false),
                new Case(now, now - 1, false),
                new Case(now + 60, now + 120, true),
                new Case(now + 61, now + 120, false),
                new Case(now - 86_400, now, true),
                new Case(253_402_300_799L, 253_402_300_800L, false))) {
            String payload = forger.payload()
                    .replaceFirst("\"iat\":[0-9]+", "\"iat\":" + c.issuedAt())
                    .replaceFirst("\"exp\":[0-9]+", "\"exp\":" + c.expiresAt());
            assertThat(accepted(forger.token(forger.header(), payload), world.es256))
                    .as(c.toString())
                    .isEqualTo(c.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4.5.6.7", "", "......", "x"})
    void theLineageHasOneSpelling(String lineage) {
        Forger forger = new Forger(world, world.es256);
        refused(
                forger.token(
                        forger.header(),
                        forger.payload().replaceFirst("\"lin\":\"[^\"]*\"", "\"lin\":\"" + lineage + "\"")),
                world.es256);
        String old = forger.payload().replaceFirst(".*\"lin\":\"([^\"]*)\".*", "$1");
        for (String other : List.of(
                old + ".0",
                old.replaceFirst("\\.3\\.", ".03."),
                old.replaceFirst("\\.3\\.", ".-3."),
                old.toUpperCase(java.util.Locale.ROOT))) {
            refused(forger.token(forger.header(), forger.payload().replace(old, other)), world.es256);
        }
    }
}
