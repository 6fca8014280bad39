package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.SessionText;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.session.Sessions.Opened;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Opens and closes sessions as the endpoints of a dialect ask for it. A session is good at every Api that takes
/// sessions, as far as its user's password is.
final class Logins {
    /// How long a session lives without being used where the dialect does not say it.
    private static final Duration IDLE = Duration.ofMinutes(30);

    /// How long one lives however much it is used where the dialect does not say it (GAUNTLET D09).
    private static final Duration LIFE = Duration.ofHours(24);

    private final Desk desk;

    Logins(Desk desk) {
        this.desk = desk;
    }

    Outcome open(Asked asked) {
        return authenticated(
                asked,
                true,
                Outcome.Work.MINT,
                allowed -> asked.charging(allowed, charge -> opened(asked, allowed, charge)));
    }

    /// Like the ending of a token it is charged to nobody.
    Outcome close(Asked asked) {
        return authenticated(asked, false, Outcome.Work.REVOKE, allowed -> closed(asked, allowed));
    }

    private static Outcome authenticated(
            Asked asked, boolean begins, Outcome.Work work, Function<Verdict.Allowed, Reply> next) {
        Presented shown = Presenting.presented(asked.shown(), asked.http()).orElseThrow();
        Ask ask = new Ask.Authenticate(asked.http().from(), begins);
        return asked.check(shown, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(refusal))
                : asked.blocking(work, () -> switch (asked.checkLoading(shown, ask)) {
                    case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
                    case Checked.Allowed(Verdict.Allowed allowed) -> next.apply(allowed);
                });
    }

    private Reply opened(Asked asked, Verdict.Allowed allowed, Charge.Made charge) {
        Opened opened = desk.sessions()
                .open(allowed, terms(asked), asked.http().from(), Acts.of(desk, asked.http(), allowed.members()));
        return switch (opened) {
            case Opened.Open(Secret text, Session session) -> {
                desk.observations()
                        .issued(asked.http(), asked.api(), allowed.members().credential());
                Result result = Result.NONE
                        .with(Output.SESSION, text.reveal())
                        .with(Output.EXPIRES_IN, session.idle().toSeconds())
                        .with(Output.EXPIRES_AT, session.openedAt().plus(session.idle()));
                yield asked.answered(result, charge);
            }
            case Opened.Another(), Opened.Full() ->
                asked.uncharged(asked.refused(Fault.of(RefusalClass.LIMIT_REACHED)), charge);
        };
    }

    private Reply closed(Asked asked, Verdict.Allowed allowed) {
        return switch (desk.sessions().close(allowed, Acts.of(desk, asked.http(), allowed.members()))) {
            case Stored.Done<Session> _, Stored.Missing<Session> _ -> asked.answered(Result.NONE);
            case Stored.Conflict<Session> _,
                    Stored.Moved<Session> _,
                    Stored.Full<Session> _,
                    Stored.Forbidden<Session> _ -> asked.unavailable("the session was not closed");
        };
    }

    private static Sessions.Terms terms(Asked asked) {
        Optional<TokenRule> rule = Optional.ofNullable(asked.dialect().tokens().get(Input.SESSION));
        Duration idle = rule.flatMap(TokenRule::idle).orElse(IDLE);
        Duration life = rule.flatMap(TokenRule::life).orElse(LIFE);
        boolean anywhere = asked.shown()
                .get(Input.ANY_ADDRESS)
                .filter(said -> said.reveal().equals("true"))
                .isPresent();
        return new Sessions.Terms(
                rule.flatMap(TokenRule::shape)
                                .filter(shape -> shape == KeyShape.UUID)
                                .isPresent()
                        ? SessionText.UUID
                        : SessionText.MARKED,
                idle,
                life.compareTo(idle) < 0 ? idle : life,
                rule.filter(TokenRule::boundToAddress).isPresent() && !anywhere,
                rule.flatMap(TokenRule::live).map(Logins::rule).orElse(SessionStore.Rule.MANY),
                Restriction.unrestricted());
    }

    private static SessionStore.Rule rule(TokenRule.OneLive live) {
        return switch (live) {
            case REPLACES -> SessionStore.Rule.REPLACE;
            case REFUSED -> SessionStore.Rule.REFUSE;
        };
    }
}
