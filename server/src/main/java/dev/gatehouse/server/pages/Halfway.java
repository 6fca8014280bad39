package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.token.Generations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What somebody has proven of itself when something is still asked for: it stands in the form of the next step,
/// sealed for this browser and this Api (GAUNTLET L04), and is decided on anew when the form comes back. No
/// session is open meanwhile.
record Halfway(FormTokens tokens, Verifier verifier) {
    private static final String FORM = "half-way ";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int PARTS = 8;
    private static final int MAX_LENGTH = 400;

    String seal(Visit visit, Proven proven) {
        Generations generations = proven.allowed().lineage().generations();
        String text = String.join(
                "*",
                proven.allowed().members().credential().id().text(),
                proven.person().id().text(),
                Long.toString(generations.credential()),
                Long.toString(generations.member()),
                Long.toString(generations.organizations()),
                visit.api().id().text(),
                Long.toString(tokens.clock().instant().getEpochSecond()),
                String.join(" ", proven.methods()));
        return text + "~" + tokens.make(FORM + text, visit.holder());
    }

    /// Empty when it is none of this browser, too old, or when what it rests on counts no more.
    ///
    /// @throws FactsUnavailable when that cannot be known now
    Optional<Proven> open(Visit visit, String sealed) {
        int end = sealed.indexOf('~');
        if (end < 0 || sealed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = sealed.substring(0, end);
        String[] parts = text.split("\\*", -1);
        return tokens.good(FORM + text, visit.holder(), sealed.substring(end + 1))
                        && parts.length == PARTS
                        && visit.api().id().text().equals(parts[5])
                ? open(visit, parts)
                : Optional.empty();
    }

    private Optional<Proven> open(Visit visit, String[] parts) {
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[6])).plus(LIFE);
        Id credential = Id.parse(Kind.CREDENTIAL, parts[0]).orElseThrow();
        Id membership = Id.parse(Kind.MEMBERSHIP, parts[1]).orElseThrow();
        return tokens.clock().instant().isBefore(until)
                ? now(visit, credential, membership)
                        .filter(allowed -> same(allowed.lineage().generations(), parts))
                        .map(allowed -> new Proven(allowed, List.of(parts[7].split(" "))))
                : Optional.empty();
    }

    private static boolean same(Generations now, String[] parts) {
        return Long.toString(now.credential()).equals(parts[2])
                && Long.toString(now.member()).equals(parts[3])
                && Long.toString(now.organizations()).equals(parts[4]);
    }

    /// The verdict on somebody who has proven itself by this credential, as everything about it is now.
    ///
    /// @throws FactsUnavailable when that cannot be known now
    Optional<Verdict.Allowed> now(Visit visit, Id credential, Id membership) {
        Checked.Known checked = verifier.verifyLoading(
                new Presented.Proved(credential, membership),
                visit.api(),
                Ask.Authenticate.first(visit.http().from()),
                visit.http().arrivedNanos());
        return switch (checked) {
            case Checked.Allowed(Verdict.Allowed allowed) -> Optional.of(allowed);
            case Checked.Refused(Refusal.Unavailable why) -> throw new FactsUnavailable(why.what());
            case Checked.Refused _ -> Optional.empty();
        };
    }
}
