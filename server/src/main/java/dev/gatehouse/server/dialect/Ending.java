package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// Ends tokens as the endpoints of a dialect ask for it. As everywhere (RFC 7009 section 2.2), a caller is told
/// the same of a token that it ended and of one that is none of its own.
final class Ending {
    private final Desk desk;

    Ending(Desk desk) {
        this.desk = desk;
    }

    /// The token that is presented.
    Outcome presented(Asked asked) {
        Presented caller = Presenting.presented(asked.shown(), asked.http()).orElseThrow();
        return proven(asked, caller, allowed -> endPresented(asked, allowed));
    }

    /// The token that is named: by whoever proves itself and owns it, or by whoever has it and knows whose it is.
    Outcome named(Asked asked) {
        return Presenting.presented(asked.shown(), asked.http())
                .map(caller -> proven(asked, caller, allowed -> endNamed(asked, allowed)))
                .orElseGet(() -> held(asked));
    }

    /// Who cannot be the caller is told so from memory, and takes no place of those who end something.
    private static Outcome proven(Asked asked, Presented caller, Function<Verdict.Allowed, Reply> end) {
        Ask ask = ask(asked, caller);
        return asked.check(caller, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(refusal))
                : asked.blocking(Outcome.Work.REVOKE, () -> switch (asked.checkLoading(caller, ask)) {
                    case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
                    case Checked.Allowed(Verdict.Allowed allowed) -> end.apply(allowed);
                });
    }

    private Reply endPresented(Asked asked, Verdict.Allowed allowed) {
        return allowed.facts() instanceof Facts.Derived token
                ? ended(asked, token.claims(), Acts.of(desk, asked.http(), allowed.members()))
                : asked.answered(Result.NONE);
    }

    private Reply endNamed(Asked asked, Verdict.Allowed allowed) {
        Id caller = allowed.facts()
                .speaker()
                .map(actor -> actor.application().id())
                .orElseGet(() -> allowed.members().holder().id());
        return own(
                        asked,
                        desk.tokens()::readLoading,
                        token -> token.lineage().client().equals(caller))
                .map(token -> ended(asked, token, Acts.of(desk, asked.http(), allowed.members())))
                .orElseGet(() -> asked.answered(Result.NONE));
    }

    /// Whoever has a token may end it, and nobody else is told whether there is one.
    private Outcome held(Asked asked) {
        return mayBeHeld(asked)
                ? asked.blocking(
                        Outcome.Work.REVOKE,
                        () -> heldByCaller(asked, desk.tokens()::readLoading)
                                .map(token -> ended(asked, token, Acts.of(desk, asked.http(), token.lineage())))
                                .orElseGet(() -> asked.answered(Result.NONE)))
                : new Outcome.Answer(asked.answered(Result.NONE));
    }

    /// From memory; true where the keys are not at hand that would tell.
    private boolean mayBeHeld(Asked asked) {
        try {
            return heldByCaller(asked, desk.tokens()::read)
                    .filter(token -> !desk.store().facts().dead(token.first()))
                    .isPresent();
        } catch (FactsUnavailable e) {
            return true;
        }
    }

    private Optional<Claims> heldByCaller(Asked asked, BiFunction<Secret, Api, TokenReader.Read> read) {
        Optional<String> client = asked.shown().get(Input.CLIENT_ID).map(Secret::reveal);
        return own(asked, read, token -> client.isEmpty() || client.get().equals(token.clientId()));
    }

    private static Ask ask(Asked asked, Presented presented) {
        return switch (presented) {
            case Presented.Client _,
                    Presented.Vouched _,
                    Presented.Attested _,
                    Presented.Believed _,
                    Presented.BelievedUser _,
                    Presented.Asserted _,
                    Presented.Connected _,
                    Presented.Requested _,
                    Presented.DomainKey _,
                    Presented.Beside _,
                    Presented.Signed _,
                    Presented.Login _,
                    Presented.Proved _,
                    Presented.Session _ -> new Ask.Authenticate(asked.http().from());
            case Presented.Key _,
                    Presented.Token _,
                    Presented.Bound _,
                    Presented.Certified _,
                    Presented.Questioned _,
                    Presented.Refreshing _,
                    Presented.Consenting _,
                    Presented.Granted _,
                    Presented.Acting _,
                    Presented.Exchanging _,
                    Presented.Delegating _ ->
                new Ask.End(asked.http().from(), asked.http().origin());
            case Presented.Selecting(Presented selecting, var _, var _) -> ask(asked, selecting);
        };
    }

    /// The token that is named, when it is proven to be ours, fits and has not ended yet, or may be refreshed
    /// after its end. No verdict is made of it: one that is suspended today may count tomorrow.
    private Optional<Claims> own(Asked asked, BiFunction<Secret, Api, TokenReader.Read> read, Predicate<Claims> fits) {
        return switch (read.apply(asked.need(Input.TARGET_TOKEN), asked.api())) {
            case TokenReader.Read.Refused _ -> Optional.empty();
            case TokenReader.Read.Proven(Claims claims) ->
                Optional.of(claims)
                        .filter(fits)
                        .filter(token -> refreshed(asked)
                                || desk.store().clock().instant().isBefore(token.expiresAt()));
        };
    }

    private Reply ended(Asked asked, Claims token, Act act) {
        return revoked(asked, token, act) instanceof Stored.Done<?>
                ? asked.answered(Result.NONE)
                : asked.unavailable("the token was not ended");
    }

    private static boolean refreshed(Asked asked) {
        return TokenReply.rule(asked, Input.REFRESH_TOKEN).isPresent();
    }

    /// With what it would be refreshed by, where there is such.
    private Stored<?> revoked(Asked asked, Claims token, Act act) {
        // Whoever got it by exchange ends what it got.
        Optional<Lineage.Granted> granted =
                token.lineage().granted().filter(_ -> token.lineage().passed().isEmpty());
        if (granted.isPresent() && refreshed(asked)) {
            return desk.store().grants().end(granted.get().grant(), act);
        }
        TokenStore tokens = desk.store().tokens();
        return refreshed(asked) ? tokens.revokeLine(token, act) : tokens.revoke(token, token.lineEnd(true), act);
    }
}
