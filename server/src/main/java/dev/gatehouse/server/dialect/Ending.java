package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;
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
        return asked.blocking(Outcome.Work.REVOKE, () -> endPresented(asked));
    }

    /// The token that is named: by whoever proves itself and owns it, or by whoever has it and knows whose it is.
    Outcome named(Asked asked) {
        return asked.blocking(Outcome.Work.REVOKE, () -> endNamed(asked));
    }

    private Reply endPresented(Asked asked) {
        Presented caller = Presenting.presented(asked.shown()).orElseThrow();
        return switch (asked.checkLoading(caller, ask(asked, caller))) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) -> {
                Act act = Acts.of(desk, asked.http(), allowed.members());
                yield allowed.facts() instanceof Facts.Derived token
                        ? ended(asked, token.claims(), act)
                        : asked.answered(Result.NONE);
            }
        };
    }

    private Reply endNamed(Asked asked) {
        Optional<Presented> presented = Presenting.presented(asked.shown());
        if (presented.isEmpty()) {
            Optional<String> client = asked.shown().get(Input.CLIENT_ID).map(Secret::reveal);
            return own(asked, token -> client.isEmpty() || client.get().equals(token.clientId()))
                    .map(token -> ended(asked, token, Acts.of(desk, asked.http(), token.lineage())))
                    .orElseGet(() -> asked.answered(Result.NONE));
        }
        return switch (asked.checkLoading(presented.get(), ask(asked, presented.get()))) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                own(
                                asked,
                                token -> token.lineage()
                                        .application()
                                        .equals(allowed.members().application().id()))
                        .map(token -> ended(asked, token, Acts.of(desk, asked.http(), allowed.members())))
                        .orElseGet(() -> asked.answered(Result.NONE));
        };
    }

    private static Ask ask(Asked asked, Presented presented) {
        return switch (presented) {
            case Presented.Client _, Presented.DomainKey _ ->
                new Ask.Authenticate(asked.http().from());
            case Presented.Key _,
                    Presented.Token _,
                    Presented.Acting _,
                    Presented.Exchanging _,
                    Presented.Delegating _ ->
                new Ask.Call(
                        new Need.Authenticated(),
                        asked.http().from(),
                        asked.http().origin());
            case Presented.Selecting(Presented selecting, var _, var _) -> ask(asked, selecting);
        };
    }

    /// The token that is named, when it is proven to be ours, fits and has not ended yet. No verdict is made of
    /// it: one that is suspended today may count tomorrow.
    private Optional<Claims> own(Asked asked, Predicate<Claims> fits) {
        return switch (desk.tokens().read(asked.need(Input.TARGET_TOKEN), asked.api())) {
            case TokenReader.Read.Refused _ -> Optional.empty();
            case TokenReader.Read.Proven(Claims claims) ->
                Optional.of(claims)
                        .filter(fits)
                        .filter(token -> desk.store().clock().instant().isBefore(token.expiresAt()));
        };
    }

    private Reply ended(Asked asked, Claims token, Act act) {
        return switch (desk.store().tokens().revoke(token, act)) {
            case Stored.Done<TokenStore.Ended> _ -> asked.answered(Result.NONE);
            case Stored.Missing<TokenStore.Ended> _,
                    Stored.Conflict<TokenStore.Ended> _,
                    Stored.Moved<TokenStore.Ended> _,
                    Stored.Full<TokenStore.Ended> _ -> asked.unavailable("the token was not ended");
        };
    }
}
