package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.oauth.token.Issuer.Issued;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.server.http.Outcome;
import java.time.Instant;
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
    private final InTurn turns = new InTurn();

    Issuing(Desk desk) {
        this.desk = desk;
    }

    /// A token for who proves itself.
    Outcome issue(Asked asked, Presented presented) {
        Optional<Scopes> scopes =
                asked.shown().get(Input.SCOPES).map(Secret::reveal).flatMap(Scopes::parse);
        if (asked.shown().has(Input.SCOPES) && scopes.isEmpty()) {
            return new Outcome.Answer(asked.refused(new Refusal.BadScope()));
        }
        Ask.Mint ask = new Ask.Mint(scopes, asked.http().from(), asked.http().origin());
        boolean replaces = rule(asked)
                .flatMap(TokenRule::live)
                .filter(live -> live == TokenRule.OneLive.REPLACES)
                .isPresent();
        return replaces ? replace(asked, presented, ask) : mint(asked, presented, ask);
    }

    /// A newer token for one that still counts.
    Outcome renew(Asked asked) {
        Ask ask = new Ask.Renew(
                Optional.empty(), asked.http().from(), asked.http().origin(), RENEWED);
        return mint(asked, Presenting.presented(asked.shown()).orElseThrow(), ask);
    }

    /// A token for a customer, by the name that the caller's organization gave it.
    Outcome delegate(Asked asked) {
        return asked.blocking(Outcome.Work.MINT, () -> delegated(asked));
    }

    private Reply delegated(Asked asked) {
        Presented caller = Presenting.presented(asked.shown()).orElseThrow();
        Ask who = new Ask.Call(DELEGATES, asked.http().from(), asked.http().origin());
        return switch (asked.checkLoading(caller, who)) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                desk.store()
                        .customers()
                        .customer(
                                allowed.members().organization().id(),
                                asked.need(Input.CUSTOMER).reveal())
                        .map(customer -> delegated(asked, caller, customer))
                        .orElseGet(() -> asked.refused(new Refusal.BadSubject(new Refusal.NotFound())));
        };
    }

    private Reply delegated(Asked asked, Presented caller, Customer customer) {
        Ask.Mint ask =
                new Ask.Mint(Optional.empty(), asked.http().from(), asked.http().origin());
        return reply(asked, issued(asked, delegating(caller, customer), ask), Optional.of(customer.name()));
    }

    private static Presented delegating(Presented caller, Customer customer) {
        return switch (caller) {
            case Presented.Token(Secret token) -> new Presented.Delegating(token, customer.id());
            case Presented.Own own -> new Presented.Acting(own, customer.id());
            case Presented.Selecting(Presented selecting, var clientId, var organization) ->
                new Presented.Selecting(delegating(selecting, customer), clientId, organization);
            case Presented.DomainKey _,
                    Presented.Login _,
                    Presented.Session _,
                    Presented.Acting _,
                    Presented.Exchanging _,
                    Presented.Delegating _ ->
                throw new IllegalStateException("a dialect presents tokens, keys and clients");
        };
    }

    private Outcome mint(Asked asked, Presented presented, Ask ask) {
        return switch (desk.issuer()
                .tryIssue(presented, asked.api(), ask, asked.http().arrivedNanos())) {
            case Issued.Cold() ->
                asked.blocking(Outcome.Work.MINT, () -> reply(asked, issued(asked, presented, ask), Optional.empty()));
            case Issued.Known known -> new Outcome.Answer(reply(asked, known, Optional.empty()));
        };
    }

    private Issued.Known issued(Asked asked, Presented presented, Ask ask) {
        return desk.issuer().issue(presented, asked.api(), ask, asked.http().arrivedNanos());
    }

    /// One live token for each credential. Who cannot have one is told so from memory, and nobody waits for it.
    private Outcome replace(Asked asked, Presented presented, Ask ask) {
        return asked.check(presented, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(asked.refused(refusal))
                : asked.blocking(Outcome.Work.REPLACE, () -> replaced(asked, presented, ask));
    }

    private Reply replaced(Asked asked, Presented presented, Ask ask) {
        return switch (asked.checkLoading(presented, ask)) {
            case Checked.Refused(Refusal refusal) -> asked.refused(refusal);
            case Checked.Allowed(Verdict.Allowed allowed) ->
                turns.take(allowed.members().credential().id(), () -> replaced(asked, presented, ask, allowed))
                        .orElseGet(() -> asked.unavailable("other requests replace the token, too"));
        };
    }

    /// Everything below the credential ends, then the token is made in the generation that begins with that.
    /// Where a request at another node has begun a newer one meanwhile, that one has the token.
    private Reply replaced(Asked asked, Presented presented, Ask ask, Verdict.Allowed allowed) {
        Id credential = allowed.members().credential().id();
        Stored<Long> superseded =
                desk.store().tokens().supersede(credential, Acts.of(desk, asked.http(), allowed.members()));
        Issued.Known issued = issued(asked, presented, ask);
        return issued instanceof Issued.Token(Minted.Token token, var _)
                        && !(superseded instanceof Stored.Done<Long>(Long generation, var _)
                                && generation
                                        == token.claims()
                                                .lineage()
                                                .generations()
                                                .credential())
                ? asked.unavailable("another node replaces the token, too")
                : reply(asked, issued, Optional.empty());
    }

    private static Optional<TokenRule> rule(Asked asked) {
        return Optional.ofNullable(asked.dialect().tokens().get(Input.ACCESS_TOKEN));
    }

    private Reply reply(Asked asked, Issued.Known issued, Optional<String> customer) {
        return switch (issued) {
            case Issued.Refused(Refusal refusal) -> asked.refused(refusal);
            case Issued.Token(Minted.Token token, Verdict.Allowed allowed) -> {
                Optional<Refusal> why = tooOld(asked, token);
                if (why.isPresent()) {
                    yield asked.refused(why.get());
                }
                desk.observations()
                        .issued(asked.http(), asked.api(), allowed.members().credential());
                yield asked.answered(result(asked, token, allowed, customer));
            }
        };
    }

    /// A dialect may let tokens be renewed for a shorter while than the decision does.
    private Optional<Refusal> tooOld(Asked asked, Minted.Token token) {
        Instant now = desk.store().clock().instant();
        return rule(asked)
                .flatMap(TokenRule::renewable)
                .filter(most -> token.claims().since().isPresent())
                .filter(most -> !now.isBefore(token.claims().begun().plus(most)))
                .map(_ -> new Refusal.Expired(Kind.TOKEN, token.claims().first()));
    }

    private static Result result(Asked asked, Minted.Token token, Verdict.Allowed allowed, Optional<String> customer) {
        Api api = asked.api();
        List<Organization> chain = allowed.members().chain();
        Result result = Result.NONE
                .with(Output.ACCESS_TOKEN, token.text().reveal())
                .with(Output.EXPIRES_IN, token.lifeSeconds())
                .with(Output.EXPIRES_AT, token.claims().expiresAt())
                .with(Output.SCOPES, token.claims().scopes().list())
                .with(Output.ORGANIZATION, spelt(asked, chain.getFirst()))
                .with(Output.ROOT_ORGANIZATION, spelt(asked, chain.get(Math.max(0, chain.size() - 2))))
                .with(Output.CLIENT_ID, allowed.members().holder().subject())
                .with(Output.APIS, Products.of(api, allowed));
        return customer.map(name -> result.with(Output.CUSTOMER, name)).orElse(result);
    }

    private static String spelt(Asked asked, Organization organization) {
        return asked.dialect().keys().get(Input.ORGANIZATION) == KeyShape.UUID
                ? PublicUuid.of(organization.id())
                : organization.id().text();
    }
}
