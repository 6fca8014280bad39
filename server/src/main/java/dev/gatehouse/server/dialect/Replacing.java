package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore.Line;
import dev.gatehouse.core.store.TokenStore.Refreshed;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.RefreshString;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.oauth.token.Issuer.Issued;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.server.http.Outcome;
import java.time.Instant;
import java.util.Optional;

/// Issues tokens of which each credential has one at a time: a new one ends the one before, whether its
/// credential asks for it or a refresh token does.
final class Replacing {
    /// What makes room for a token, and in which line that stands.
    @FunctionalInterface
    private interface Step {
        /// Empty with the reply to who gets none.
        Taken take(Verdict.Allowed allowed, Act act);
    }

    private sealed interface Taken {
        record On(Line line) implements Taken {}

        record No(Refusal refusal) implements Taken {}
    }

    private final Desk desk;
    private final TokenReply replies;
    private final InTurn turns = new InTurn();

    Replacing(Desk desk, TokenReply replies) {
        this.desk = desk;
        this.replies = replies;
    }

    /// A first token. Who cannot have one is told so from memory, and nobody waits for it.
    Outcome issue(Asked asked, Presented presented, Ask ask) {
        return asked.check(presented, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(refusal))
                : asked.blocking(Outcome.Work.REPLACE, () -> switch (asked.checkLoading(presented, ask)) {
                    case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
                    case Checked.Allowed(Verdict.Allowed allowed) ->
                        inTurn(asked, presented, ask, allowed, this::superseded);
                });
    }

    /// The next tokens for a refresh token. The access token that comes along may be over, and must be the one
    /// that came with the refresh token (GAUNTLET D05).
    Outcome refresh(Asked asked) {
        Presented presented =
                Presenting.selecting(new Presented.Refreshing(asked.need(Input.REFRESH_TOKEN)), asked.shown());
        Ask ask =
                new Ask.Mint(Optional.empty(), asked.http().from(), asked.http().origin());
        return asked.check(presented, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(ofGrant(refusal)))
                : asked.blocking(Outcome.Work.REPLACE, () -> switch (asked.checkLoading(presented, ask)) {
                    case Checked.Refused(Refusal refusal) -> asked.refused(ofGrant(refusal));
                    case Checked.Allowed(Verdict.Allowed allowed) -> refreshed(asked, presented, ask, allowed);
                });
    }

    private Reply refreshed(Asked asked, Presented presented, Ask ask, Verdict.Allowed allowed) {
        if (!(allowed.facts() instanceof Facts.Refreshing(var _, var _, RefreshString shown))
                || !beside(asked, shown)) {
            return asked.refused(new Refusal.BadCredential("the access token is not the one beside the refresh token"));
        }
        Instant begunAfter = TokenReply.rule(asked, Input.REFRESH_TOKEN)
                .flatMap(TokenRule::renewable)
                .map(most -> desk.store().clock().instant().minus(most))
                .orElse(Instant.EPOCH);
        return inTurn(asked, presented, ask, allowed, (_, act) -> next(shown, begunAfter, act));
    }

    private boolean beside(Asked asked, RefreshString shown) {
        Optional<Secret> token = asked.shown().get(Input.ACCESS_TOKEN);
        return token.isEmpty()
                || (desk.tokens().readLoading(token.get(), asked.api())
                                instanceof TokenReader.Read.Proven(Claims claims)
                        && claims.lineage().credential().equals(shown.credential())
                        && claims.lineage().generations().credential()
                                == shown.generations().credential());
    }

    /// A refresh token that does not count is no statement about who shows it.
    private static Refusal ofGrant(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooMany _,
                    Refusal.Unavailable _,
                    Refusal.Malformed _,
                    Refusal.BadSubject _,
                    Refusal.BadUser _ -> refusal;
            case Refusal.SeveralCredentials _,
                    Refusal.NoCredential _,
                    Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongApi _,
                    Refusal.NotHolder _,
                    Refusal.WrongUse _,
                    Refusal.NoSecondFactor _,
                    Refusal.WrongAddress _,
                    Refusal.WrongOrigin _,
                    Refusal.BadSignature _,
                    Refusal.Forbidden _,
                    Refusal.BadScope _,
                    Refusal.BadDetails _,
                    Refusal.NotFound _ -> new Refusal.BadSubject(refusal);
        };
    }

    private Taken superseded(Verdict.Allowed allowed, Act act) {
        return desk.store().tokens().supersede(allowed.members().credential().id(), act)
                        instanceof Stored.Done<Long>(Long generation, var _)
                ? new Taken.On(new Line(generation, act.at(), act.at()))
                : new Taken.No(later("the credential is being ended"));
    }

    private Taken next(RefreshString shown, Instant begunAfter, Act act) {
        Stored<Refreshed> stored = desk.store()
                .tokens()
                .refresh(shown.credential(), shown.generations().credential(), begunAfter, act);
        if (!(stored instanceof Stored.Done<Refreshed>(Refreshed refreshed, var _))) {
            return new Taken.No(later("the credential is being ended"));
        }
        return switch (refreshed) {
            case Refreshed.Next(Line line) -> new Taken.On(line);
            case Refreshed.Same(Line line) -> new Taken.On(line);
            case Refreshed.Reused(), Refreshed.Over() ->
                new Taken.No(new Refusal.BadSubject(
                        new Refusal.Superseded(shown.credential().kind(), shown.credential())));
        };
    }

    private static Refusal later(String what) {
        return new Refusal.Unavailable(what, Asked.RETRY);
    }

    /// One after the other for each credential. Who is over a limit keeps the token that it has.
    private Reply inTurn(Asked asked, Presented presented, Ask ask, Verdict.Allowed allowed, Step step) {
        Id credential = allowed.members().credential().id();
        return turns.take(
                        credential,
                        () -> asked.charging(allowed, charge -> replaced(asked, presented, ask, allowed, step, charge)))
                .orElseGet(() -> asked.unavailable("other requests replace the token, too"));
    }

    /// Everything below the credential ends, then the token is made in the generation that begins with that.
    /// Where a request at another node has begun a newer one meanwhile, that one has the token.
    private Reply replaced(
            Asked asked, Presented presented, Ask ask, Verdict.Allowed allowed, Step step, Charge.Made charge) {
        return switch (step.take(allowed, Acts.of(desk, asked.http(), allowed.members()))) {
            case Taken.No(Refusal refusal) -> asked.uncharged(asked.refused(refusal), charge);
            case Taken.On(Line line) ->
                switch (desk.issuer()
                        .issue(presented, asked.api(), ask, asked.http().arrivedNanos(), charge)) {
                    case Issued.Refused refused -> replies.of(asked, refused);
                    case Issued.Token issued ->
                        generation(issued.token()) == line.generation()
                                ? replies.of(asked, issued, replies.refresh(asked, issued.token(), line))
                                : asked.uncharged(asked.unavailable("another node replaces the token, too"), charge);
                };
        };
    }

    private static long generation(Minted.Token token) {
        return token.claims().lineage().generations().credential();
    }
}
