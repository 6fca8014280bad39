package dev.gatehouse.core.decide;

import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.RefreshString;
import java.time.Instant;
import java.util.Optional;

/// Whether a refresh token still counts, as far as facts tell. That the credential has the generation of the
/// token is not asked here: it is the row's to say in one write, which tells a token that was used from one whose
/// time was over.
final class Refreshes {
    private Refreshes() {}

    static Optional<Verdict> ended(Facts facts, Lineage current, Instant now) {
        if (!(facts instanceof Facts.Refreshing refreshing)) {
            return Optional.empty();
        }
        RefreshString shown = refreshing.shown();
        if (Age.newer(shown.generations(), current.generations())) {
            return Optional.of(new Verdict.Behind());
        }
        Optional<Refusal> over = now.isBefore(shown.endsAt())
                ? Age.superseded(issued(shown.generations(), current), current)
                : Optional.of(new Refusal.BadCredential("the time of the refresh token is over"));
        return over.map(Verdict.Refused::new);
    }

    private static Lineage issued(Generations shown, Lineage current) {
        return new Lineage(
                current.organization(),
                current.member(),
                current.credential(),
                new Generations(
                        current.generations().credential(), shown.member(), shown.customer(), shown.organizations()));
    }
}
