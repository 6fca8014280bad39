package dev.gatehouse.core.decide;

import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.Optional;

/// Whether a session is still open to who shows it.
final class Logins {
    private Logins() {}

    static Optional<Verdict> ended(Facts facts, Lineage whole, Ask ask, Instant now) {
        if (!(facts instanceof Facts.Logged logged)) {
            return Optional.empty();
        }
        // Whatever wants to act for the user, the session is the user's alone.
        Lineage current = logged.actor().isEmpty()
                ? whole
                : Ancestry.lineage(new Facts.Logged(logged.api(), logged.members(), logged.session()));
        return Age.newer(logged.session().lineage().generations(), current.generations())
                ? Optional.of(new Verdict.Behind())
                : refusal(logged, ask, current, now).map(Verdict.Refused::new);
    }

    private static Optional<Refusal> refusal(Facts.Logged logged, Ask ask, Lineage current, Instant now) {
        Session session = logged.session();
        Lineage issued = session.lineage();
        if (!issued.organization().equals(current.organization())
                || !issued.member().equals(current.member())
                || !issued.credential().equals(current.credential())) {
            return Optional.of(new Refusal.BadCredential("the session names other members"));
        }
        if (session.ended()) {
            return Optional.of(new Refusal.Revoked(session.id().kind(), session.id()));
        }
        if (!now.isBefore(session.diesAt())) {
            return Optional.of(new Refusal.Expired(session.id().kind(), session.id()));
        }
        if (!session.apis().admits(logged.api().id()::equals)) {
            return Optional.of(new Refusal.WrongApi(session.id()));
        }
        boolean elsewhere = session.address().isPresent()
                && ask.address().filter(session.address().get()::contains).isEmpty();
        return elsewhere ? Optional.of(new Refusal.WrongAddress(session.id())) : Age.superseded(issued, current);
    }
}
