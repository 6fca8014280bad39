package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.oauth.token.Issuer.Issued;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Issues tokens as the endpoints of a dialect ask for them.
final class Issuing {
    /// What it takes to name customers: who may not act for them is not told whether there is one.
    static final Need DELEGATES = new Need.AllOf(Scopes.of(Subject.SCOPE));

    /// Whose tokens are renewed.
    private static final Set<CredentialKind> RENEWED = Set.of(CredentialKind.SECRET, CredentialKind.DOMAIN_KEY);

    private final Desk desk;
    private final TokenReply replies;
    private final Replacing replacing;

    Issuing(Desk desk) {
        this.desk = desk;
        this.replies = new TokenReply(desk);
        this.replacing = new Replacing(desk, replies);
    }

    /// A token for who proves itself.
    Outcome issue(Asked asked, Presented presented) {
        if (!Life.fits(asked)) {
            return noLife(asked);
        }
        Optional<Scopes> scopes =
                asked.shown().get(Input.SCOPES).map(Secret::reveal).flatMap(Scopes::parse);
        if (asked.shown().has(Input.SCOPES) && scopes.isEmpty()) {
            return new Outcome.Answer(asked.refused(new Refusal.BadScope()));
        }
        Ask.Mint ask = new Ask.Mint(scopes, asked.http().from(), asked.http().origin(), Life.of(asked));
        boolean replaces = TokenReply.rule(asked, Input.ACCESS_TOKEN)
                .flatMap(TokenRule::live)
                .filter(live -> live == TokenRule.OneLive.REPLACES)
                .isPresent();
        return replaces ? replacing.issue(asked, presented, ask) : mint(asked, presented, ask);
    }

    private static Outcome noLife(Asked asked) {
        return new Outcome.Answer(asked.refused(Fault.of(
                RefusalClass.INVALID,
                List.of(new Fault.Field(asked.name(Input.LIFE), "is no positive number of seconds")))));
    }

    /// Newer tokens for a refresh token.
    Outcome refresh(Asked asked) {
        return replacing.refresh(asked);
    }

    /// A newer token for one that still counts.
    Outcome renew(Asked asked) {
        Ask ask = new Ask.Renew(
                Optional.empty(), asked.http().from(), asked.http().origin(), RENEWED);
        return mint(asked, Presenting.presented(asked.shown(), asked.http()).orElseThrow(), ask);
    }

    /// A token for a customer, by the name that the caller's organization gave it.
    Outcome delegate(Asked asked) {
        if (!Life.fits(asked)) {
            return noLife(asked);
        }
        Presented caller = Presenting.presented(asked.shown(), asked.http()).orElseThrow();
        Ask who = new Ask.Call(DELEGATES, asked.http().from(), asked.http().origin());
        return asked.check(caller, who) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(refusal))
                : asked.blocking(Outcome.Work.MINT, () -> delegated(asked, caller, who));
    }

    private Reply delegated(Asked asked, Presented caller, Ask who) {
        return switch (asked.checkLoading(caller, who)) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            // Before the customer is looked for: nobody tries names for nothing.
            case Checked.Allowed(Verdict.Allowed allowed) ->
                asked.charging(
                        allowed,
                        charge -> desk.store()
                                .customers()
                                .customer(
                                        allowed.members().organization().id(),
                                        asked.need(Input.CUSTOMER).reveal())
                                .map(customer -> delegated(asked, caller, customer, charge))
                                .orElseGet(() -> asked.refused(new Refusal.BadSubject(new Refusal.NotFound()))));
        };
    }

    private Reply delegated(Asked asked, Presented caller, Customer customer, Charge.Made charge) {
        Ask.Mint ask =
                new Ask.Mint(Optional.empty(), asked.http().from(), asked.http().origin(), Life.of(asked));
        Issued.Known issued = desk.issuer()
                .issue(
                        delegating(caller, customer),
                        asked.api(),
                        ask,
                        asked.http().arrivedNanos(),
                        charge);
        return replies.of(asked, issued, Result.NONE.with(Output.CUSTOMER, customer.name()));
    }

    private static Presented delegating(Presented caller, Customer customer) {
        return switch (caller) {
            case Presented.Token(Secret token) -> new Presented.Delegating(token, customer.id());
            case Presented.Own own -> new Presented.Acting(own, customer.id());
            case Presented.Selecting(Presented selecting, var clientId, var organization) ->
                new Presented.Selecting(delegating(selecting, customer), clientId, organization);
            case Presented.Bound _,
                    Presented.Questioned _,
                    Presented.Asserted _,
                    Presented.Attested _,
                    Presented.BelievedUser _,
                    Presented.Connected _,
                    Presented.Certified _,
                    Presented.Signed _,
                    Presented.Beside _,
                    Presented.Requested _,
                    Presented.DomainKey _,
                    Presented.Refreshing _,
                    Presented.Login _,
                    Presented.Proved _,
                    Presented.Session _,
                    Presented.Consenting _,
                    Presented.Granted _,
                    Presented.Acting _,
                    Presented.Exchanging _,
                    Presented.Delegating _ ->
                throw new IllegalStateException("a dialect presents tokens, keys and clients");
        };
    }

    private Outcome mint(Asked asked, Presented presented, Ask ask) {
        if (asked.rate().isPresent()) {
            return asked.check(presented, ask) instanceof Checked.Refused(Refusal refusal)
                    ? new Outcome.Answer(asked.refused(refusal))
                    : asked.blocking(Outcome.Work.MINT, () -> rated(asked, presented, ask));
        }
        return switch (desk.issuer()
                .tryIssue(presented, asked.api(), ask, asked.http().arrivedNanos())) {
            case Issued.Cold() ->
                asked.blocking(Outcome.Work.MINT, () -> replies.of(asked, issued(asked, presented, ask)));
            case Issued.Known known -> new Outcome.Answer(replies.of(asked, known));
        };
    }

    /// Of what the file says how often it may be done.
    private Reply rated(Asked asked, Presented presented, Ask ask) {
        return switch (asked.checkLoading(presented, ask)) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                asked.charging(
                        allowed,
                        charge -> replies.of(
                                asked,
                                desk.issuer()
                                        .issue(
                                                presented,
                                                asked.api(),
                                                ask,
                                                asked.http().arrivedNanos(),
                                                charge)));
        };
    }

    private Issued.Known issued(Asked asked, Presented presented, Ask ask) {
        return desk.issuer().issue(presented, asked.api(), ask, asked.http().arrivedNanos());
    }
}
