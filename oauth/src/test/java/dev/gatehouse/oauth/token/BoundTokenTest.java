package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Sealed tokens say what they are bound to, whatever else they say.
class BoundTokenTest {
    private static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final Id API = new Id(Kind.API, 7);
    private static final Instant ISSUED = Instant.ofEpochSecond(1_767_225_600);

    private static Claims claims(
            Lineage lineage, Optional<Origin> origin, Optional<Instant> since, Optional<String> key) {
        return new Claims(
                new Id(Kind.TOKEN, 1),
                API,
                "subject",
                "client",
                lineage,
                Scopes.of("a", "b"),
                ISSUED,
                ISSUED.plusSeconds(900),
                origin,
                since,
                key.map(Confirmation::key),
                List.of());
    }

    private static List<Lineage> lineages() {
        Generations generations = new Generations(1, 2, 3, 4);
        Id organization = new Id(Kind.ORGANIZATION, 2);
        Id application = new Id(Kind.APPLICATION, 3);
        Id membership = new Id(Kind.MEMBERSHIP, 3);
        Id credential = new Id(Kind.CREDENTIAL, 4);
        List<Id> tokens = List.of(new Id(Kind.TOKEN, 9), new Id(Kind.TOKEN, 8));
        Optional<Lineage.Granted> granted =
                Optional.of(new Lineage.Granted(new Id(Kind.GRANT, 5), new Id(Kind.APPLICATION, 6)));
        return List.of(
                new Lineage(organization, application, credential, generations),
                new Lineage(
                        organization,
                        application,
                        credential,
                        Optional.of(new Id(Kind.CUSTOMER, 5)),
                        tokens,
                        generations),
                new Lineage(organization, membership, credential, generations),
                new Lineage(organization, membership, credential, Optional.empty(), granted, List.of(), generations),
                new Lineage(organization, membership, credential, Optional.empty(), granted, tokens, generations),
                new Lineage(
                        organization,
                        membership,
                        credential,
                        Optional.empty(),
                        granted.map(yes -> yes.sure(true)),
                        tokens,
                        generations));
    }

    @Test
    void whatIsWrittenIsRead() {
        List<Claims> all = new ArrayList<>();
        for (Lineage lineage : lineages()) {
            for (Optional<String> key : List.of(Optional.<String>empty(), Optional.of(KEY))) {
                all.add(claims(lineage, Optional.empty(), Optional.empty(), key));
                all.add(claims(lineage, Origin.parse("https://app.example"), Optional.empty(), key));
                if (!lineage.tokens().isEmpty()) {
                    all.add(claims(lineage, Optional.empty(), Optional.of(ISSUED.minusSeconds(60)), key));
                }
            }
        }
        for (Claims claims : all) {
            assertThat(SealedClaims.decode(SealedClaims.encode(claims), API)).contains(claims);
        }
    }

    @Test
    void whatIsCutOffOrLongerIsNone() {
        for (Lineage lineage : lineages()) {
            byte[] whole = SealedClaims.encode(claims(lineage, Optional.empty(), Optional.empty(), Optional.of(KEY)));
            for (int length = whole.length - 33; length < whole.length; length++) {
                assertThat(SealedClaims.decode(Arrays.copyOf(whole, length), API)
                                .filter(claims -> claims.key().isEmpty()))
                        .as("%d of %d", length, whole.length)
                        .isEmpty();
            }
            assertThat(SealedClaims.decode(Arrays.copyOf(whole, whole.length + 1), API))
                    .isEmpty();
        }
    }
}
