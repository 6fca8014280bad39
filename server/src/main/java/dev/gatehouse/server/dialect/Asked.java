package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Decision;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.OperationRate;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.DialectWriter;
import dev.gatehouse.dialect.write.ListForm;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.server.http.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// A request for one endpoint of a dialect.
record Asked(
        HttpFacts http, Api api, Dialect dialect, DialectWriter writer, Desk desk, Endpoint endpoint, Shown shown) {
    /// When to ask again for what cannot be answered now.
    static final Duration RETRY = Duration.ofSeconds(1);

    /// An input that the endpoint's way has; the loader sees to it.
    Secret need(Input input) {
        return shown.get(input).orElseThrow(() -> new IllegalStateException(input.word() + " was not read"));
    }

    Reply answered(Result result) {
        return readable(writer.answered(endpoint, result));
    }

    /// The same to a request that was charged.
    Reply answered(Result result, Charge.Made charge) {
        return answered(charge.left().map(result::with).orElse(result));
    }

    /// The same with a list, as it is wanted.
    Reply answered(Result result, ListForm form, Charge.Made charge) {
        Result all = charge.left().map(result::with).orElse(result);
        return readable(writer.answered(endpoint, all, form));
    }

    /// The same with one thing, of which the caller wants some members, or all.
    Reply shown(Result result, Charge.Made charge) {
        return ListForm.read(endpoint.answer(), text(Input.FIELDS), Optional.empty())
                .map(form -> answered(result, form, charge))
                .orElseGet(() -> answered(result, charge));
    }

    /// Answers who may manage with a list; one in an order that it does not have is none. Nobody else is told so.
    Outcome listing(BiFunction<Verdict.Allowed, ListForm, Result> list) {
        return managing(
                Outcome.Work.VERIFY,
                allowed -> charging(
                        allowed,
                        charge -> ListForm.read(endpoint.answer(), text(Input.FIELDS), text(Input.SORT))
                                .map(form -> answered(list.apply(allowed, form), form, charge))
                                .orElseGet(() -> noOrder(Input.SORT))));
    }

    Reply noOrder(Input input) {
        return refused(
                Fault.of(RefusalClass.INVALID, List.of(new Fault.Field(name(input), "is no order of this list"))));
    }

    private Optional<String> text(Input input) {
        return shown.get(input).map(Secret::reveal);
    }

    Reply refused(Refusal refusal) {
        return refused(refusal, Fault.of(refusal));
    }

    Reply refused(Fault fault) {
        return refused(Faults.refusal(fault), fault);
    }

    /// A refusal that somebody else has observed.
    Reply told(Fault fault) {
        return readable(writer.refused(http.path(), fault));
    }

    private Reply refused(Refusal refusal, Fault fault) {
        desk.observations().refused(http, api.name(), refusal);
        return readable(writer.refused(http.path(), fault));
    }

    /// The reply that sends a browser back to an address that the Api lists.
    Reply sentBack(Result result, String redirect) {
        return writer.sentBack(endpoint, result, redirect);
    }

    Reply unavailable(String what) {
        return refused(new Refusal.Unavailable(what, RETRY));
    }

    /// Answers where waiting is allowed. A database that is away is no statement about the caller.
    Outcome blocking(Outcome.Work work, Supplier<Reply> reply) {
        return new Outcome.Block(work, () -> {
            try {
                return new Outcome.Answer(reply.get());
            } catch (FactsUnavailable e) {
                return new Outcome.Answer(unavailable("facts: " + e.getMessage()));
            }
        });
    }

    /// Answers a request for what takes scopes, when the caller has one of them. Who has not is told so from
    /// memory.
    Outcome managing(Function<Verdict.Allowed, Reply> answer) {
        return managing(Outcome.Work.REVOKE, answer);
    }

    /// The same, where it is other work. An endpoint that takes no scopes is for whoever is authenticated.
    Outcome managing(Outcome.Work work, Function<Verdict.Allowed, Reply> answer) {
        Optional<Presented> presented = Presenting.presented(shown, http);
        if (presented.isEmpty()) {
            return new Outcome.Answer(refused(new Refusal.BadCredential("nobody has a credential of this kind")));
        }
        Presented caller = presented.get();
        Ask ask = new Ask.Call(need(), http.from(), http.origin());
        return check(caller, ask) instanceof Checked.Refused(Refusal refusal)
                ? new Outcome.Answer(refused(refusal))
                : blocking(work, () -> switch (checkLoading(caller, ask)) {
                    case Checked.Refused(Refusal refusal) -> refused(refusal);
                    case Checked.Allowed(Verdict.Allowed allowed) -> answer.apply(allowed);
                });
    }

    private Need need() {
        return endpoint.needs().isEmpty() ? new Need.Authenticated() : new Need.AnyOf(Scopes.of(endpoint.needs()));
    }

    /// Answers a caller that manages one organization, its own or one below it, when it may do there what the
    /// endpoint needs.
    Reply managing(Verdict.Allowed allowed, Id organization, Function<Verdict.Allowed, Reply> answer) {
        return switch (desk.store().facts().loadOrganization(organization)) {
            case FactSource.Look.Known<List<Organization>>(List<Organization> chain) ->
                Decision.managing(allowed, chain, need())
                        .map(answer)
                        .orElseGet(() -> refused(new Refusal.Forbidden(need())));
            case FactSource.Look.Absent<List<Organization>>(), FactSource.Look.Cold<List<Organization>>() ->
                refused(new Refusal.NotFound());
        };
    }

    /// Charges what is allowed, then does it. What a database that is away keeps from being done is not charged.
    Reply charging(Verdict.Allowed allowed, Function<Charge.Made, Reply> served) {
        return charged(charge(allowed), served);
    }

    /// The same for what ends something: how often the operation may be done does not put that off.
    Reply ending(Verdict.Allowed allowed, Function<Charge.Made, Reply> served) {
        return charged(desk.limiter().request(api, allowed, http.from()), served);
    }

    private Reply charged(Charge asked, Function<Charge.Made, Reply> served) {
        return switch (asked) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refused(refusal);
            case Charge.Made charge -> {
                try {
                    yield served.apply(charge);
                } catch (FactsUnavailable e) {
                    desk.limiter().refund(charge);
                    throw e;
                }
            }
        };
    }

    /// With what the file says of the operation.
    private Charge charge(Verdict.Allowed allowed) {
        return rate().map(rate -> desk.limiter()
                        .request(
                                api,
                                allowed,
                                http.from(),
                                endpoint.operation().name().hashCode(),
                                rate.rate(),
                                rate.together()))
                .orElseGet(() -> desk.limiter().request(api, allowed, http.from()));
    }

    /// How often the operation may be done.
    Optional<OperationRate> rate() {
        return Optional.ofNullable(dialect.rates().get(endpoint.operation()));
    }

    /// A refusal after all.
    Reply uncharged(Reply refused, Charge.Made charge) {
        desk.limiter().refund(charge);
        return refused;
    }

    /// What a caller calls an input here, in what is told of it.
    String name(Input input) {
        return endpoint.takes().stream()
                .filter(take -> take.input() == input)
                .map(take -> take.sources().getFirst().text())
                .map(text -> text.substring(text.indexOf(' ') + 1))
                .findFirst()
                .orElse(input.word());
    }

    /// Checks from memory only.
    Checked check(Presented presented, Ask ask) {
        return desk.verifier().verify(presented, api, ask, http.arrivedNanos());
    }

    /// Checks, reading the database when it must.
    Checked.Known checkLoading(Presented presented, Ask ask) {
        return desk.verifier().verifyLoading(presented, api, ask, http.arrivedNanos());
    }

    /// Pages read the answers to what pages ask; those to a server, which has a secret, are for no page (GAUNTLET
    /// I06).
    private Reply readable(Reply reply) {
        if (dialect.cors().isEmpty()) {
            return reply;
        }
        return shown.has(Input.CLIENT_SECRET)
                ? reply.with("Vary", "Origin")
                : desk.cors().varying(reply, http, api);
    }
}
