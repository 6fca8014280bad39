package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;

/// Suspends and reactivates organizations below the caller's. It is the owner's hold; what the provider holds
/// stays held.
final class Holding {
    private final Desk desk;

    Holding(Desk desk) {
        this.desk = desk;
    }

    Outcome suspend(Asked asked) {
        return below(asked, (id, act) -> desk.store().members().hold(id, Hold.OWNER, act));
    }

    Outcome resume(Asked asked) {
        return below(asked, (id, act) -> desk.store().members().lift(id, Hold.OWNER, act));
    }

    /// Does something to a member.
    @FunctionalInterface
    private interface Verb {
        Stored<Standing> on(Id organization, Act act);
    }

    private Outcome below(Asked asked, Verb verb) {
        return asked.managing(allowed -> below(desk, asked, allowed)
                .map(target -> asked.managing(
                        allowed,
                        target,
                        there -> asked.charging(there, charge -> done(asked, there, verb, target, charge))))
                .orElseGet(() -> asked.refused(new Refusal.NotFound())));
    }

    /// The organization that is meant, when it is below the caller's. All others are not there (GAUNTLET H01),
    /// and nobody suspends itself (H05).
    static Optional<Id> below(Desk desk, Asked asked, Verdict.Allowed allowed) {
        Id own = allowed.members().organization().id();
        return asked.shown()
                .get(Input.TARGET_ORGANIZATION)
                .map(Secret::reveal)
                .flatMap(PublicUuid::organization)
                .filter(target -> !target.equals(own))
                .filter(target -> desk.store().members().chain(target).stream()
                        .anyMatch(above -> above.id().equals(own)));
    }

    private Reply done(Asked asked, Verdict.Allowed allowed, Verb verb, Id target, Charge.Made charge) {
        return switch (verb.on(target, Acts.of(desk, asked.http(), allowed.members()))) {
            case Stored.Done<Standing> _ -> asked.answered(Result.NONE, charge);
            case Stored.Missing<Standing> _ -> asked.uncharged(asked.refused(new Refusal.NotFound()), charge);
            case Stored.Forbidden<Standing> _, Stored.Conflict<Standing> _ ->
                asked.uncharged(asked.refused(new Refusal.Forbidden(new Need.Authenticated())), charge);
            case Stored.Moved<Standing> _, Stored.Full<Standing> _ ->
                asked.uncharged(asked.unavailable("the organization is being changed"), charge);
        };
    }
}
