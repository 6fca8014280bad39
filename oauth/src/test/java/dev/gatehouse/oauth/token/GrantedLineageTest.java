package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What tokens say of a user's grant to an application, in both formats.
class GrantedLineageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Id API = new Id(Kind.API, 1);
    private static final Lineage.Granted GRANTED =
            new Lineage.Granted(new Id(Kind.GRANT, -5), new Id(Kind.APPLICATION, 6));

    private static Lineage lineage(List<Id> tokens) {
        return new Lineage(
                new Id(Kind.ORGANIZATION, 2),
                new Id(Kind.MEMBERSHIP, 3),
                new Id(Kind.CREDENTIAL, 4),
                Optional.empty(),
                Optional.of(GRANTED),
                tokens,
                new Generations(1, 2, 0, 3));
    }

    private static Claims claims(List<Id> tokens) {
        return new Claims(
                new Id(Kind.TOKEN, 7),
                API,
                "user_0000000000009",
                "spa",
                lineage(tokens),
                Scopes.of("orders:read"),
                NOW,
                NOW.plusSeconds(900));
    }

    private static boolean isGranted(Lineage lineage) {
        return lineage.granted().isPresent();
    }

    @Test
    void bothFormatsGiveItBack() {
        for (List<Id> tokens : List.of(List.<Id>of(), List.of(new Id(Kind.TOKEN, 8), new Id(Kind.TOKEN, 9)))) {
            assertThat(JwtLineage.parse(JwtLineage.text(lineage(tokens)))).contains(lineage(tokens));
            assertThat(SealedClaims.decode(SealedClaims.encode(claims(tokens)), API))
                    .contains(claims(tokens));
        }
    }

    @Test
    void noPartOfItMayBeMissing() {
        String text = JwtLineage.text(lineage(List.of()));
        assertThat(JwtLineage.parse(text.substring(0, text.lastIndexOf('.')))).isEmpty();
        assertThat(JwtLineage.parse(text.replace(".~", ".")).filter(GrantedLineageTest::isGranted))
                .isEmpty();
        assertThat(JwtLineage.parse(text + ".")).isEmpty();
        byte[] bytes = SealedClaims.encode(claims(List.of()));
        for (int length = 0; length < bytes.length; length++) {
            Optional<Claims> shorter = SealedClaims.decode(Arrays.copyOf(bytes, length), API);
            assertThat(shorter.map(Claims::lineage).filter(GrantedLineageTest::isGranted))
                    .as("the first %s bytes", length)
                    .isEmpty();
        }
    }
}
