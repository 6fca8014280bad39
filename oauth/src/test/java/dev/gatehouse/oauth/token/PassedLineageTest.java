package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A token that was passed on by exchange names everybody in between, in both formats (ADR 0036).
class PassedLineageTest {
    private static final Id API = new Id(Kind.API, 1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private static List<Lineage.Passed> passed(int size) {
        return LongStream.range(0, size)
                .mapToObj(n -> new Lineage.Passed(
                        new Id(Kind.APPLICATION, 100 + n),
                        new Id(Kind.CREDENTIAL, -1 - n),
                        n % 2 == 0 ? Lineage.As.ITSELF : Lineage.As.ACTOR))
                .toList();
    }

    private static Claims claims(
            Optional<Lineage.Granted> granted, int tokens, int passed, Optional<Confirmation> key, String... actors) {
        Lineage lineage = new Lineage(
                new Id(Kind.ORGANIZATION, 2),
                new Id(granted.isPresent() ? Kind.MEMBERSHIP : Kind.APPLICATION, 3),
                new Id(Kind.CREDENTIAL, 4),
                Optional.empty(),
                granted,
                LongStream.range(0, tokens)
                        .mapToObj(n -> new Id(Kind.TOKEN, 50 + n))
                        .toList(),
                passed(passed),
                new Generations(1, 2, 0, 3));
        return new Claims(
                new Id(Kind.TOKEN, 7),
                API,
                "shop",
                "last",
                lineage,
                Scopes.of("orders:read"),
                NOW,
                NOW.plusSeconds(900),
                Optional.empty(),
                Optional.empty(),
                key,
                List.of(actors));
    }

    private static List<Claims> all() {
        Lineage.Granted granted = new Lineage.Granted(new Id(Kind.GRANT, 5), new Id(Kind.APPLICATION, 6));
        return List.of(
                claims(Optional.empty(), 1, 1, Optional.empty()),
                claims(Optional.empty(), 2, 1, Optional.empty(), "last"),
                claims(Optional.of(granted), 1, 1, Optional.empty(), "last"),
                claims(Optional.of(granted), 4, 4, Optional.of(Confirmation.key(THUMBPRINT)), "a", "b", "ü.~*"),
                claims(Optional.empty(), 4, 4, Optional.of(Confirmation.certificate(THUMBPRINT)), "a", "b", "c", "d"));
    }

    @Test
    void bothFormatsGiveItBack() {
        for (Claims claims : all()) {
            assertThat(JwtLineage.parse(JwtLineage.text(claims.lineage()))).contains(claims.lineage());
            assertThat(SealedClaims.decode(SealedClaims.encode(claims), API)).contains(claims);
        }
    }

    /// What is shorter is another lineage or none, never this one without somebody in between.
    @Test
    void nobodyInBetweenCanBeLeftOut() {
        for (Claims claims : all()) {
            byte[] bytes = SealedClaims.encode(claims);
            for (int length = 0; length < bytes.length; length++) {
                Optional<Claims> shorter = SealedClaims.decode(Arrays.copyOf(bytes, length), API);
                assertThat(shorter.filter(one -> !one.lineage().passed().isEmpty()))
                        .as("the first %s bytes", length)
                        .isEmpty();
            }
            String text = JwtLineage.text(claims.lineage());
            assertThat(JwtLineage.parse(text + ".")).isEmpty();
            assertThat(JwtLineage.parse(text + ".+1~2~3")).isEmpty();
            assertThat(JwtLineage.parse(text.replaceFirst("[-+*]([^.]*)$", "$1")))
                    .isEmpty();
        }
    }

    @Test
    void actorsAreNestedInOrder() {
        StringBuilder out = new StringBuilder("{\"a\":1");
        ActClaim.append(out, List.of("c", "b", "a"));
        assertThat(out.append('}').toString())
                .isEqualTo("{\"a\":1,\"act\":{\"sub\":\"c\",\"act\":{\"sub\":\"b\",\"act\":{\"sub\":\"a\"}}}}");
        assertThat(ActClaim.of(List.of())).isEmpty();
    }
}
