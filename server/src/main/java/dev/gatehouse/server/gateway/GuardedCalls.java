package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Decides calls of routes that are not open to everybody: what is presented, whether it may make the call, whether
/// the call is signed where that is wanted, what it costs; then lets it through.
final class GuardedCalls {
    /// The largest body that goes to a platform, in bytes.
    private static final int MAX_PLATFORM_BODY = 1024 * 1024;

    private final CallDialect.Chosen dialects;
    private final Verifier verifier;
    private final Assertions assertions;
    private final Charges charges;
    private final Denials denials;
    private final RetiredRoutes retired;
    private final SignedCalls signed;
    private final Observations observations;
    private final BiFunction<HttpFacts, Passage, Outcome> again;

    /// @param again decides a call anew whose body is there
    GuardedCalls(
            CallDialect.Chosen dialects,
            Verifier verifier,
            Assertions assertions,
            Charges charges,
            RetiredRoutes retired,
            SignedCalls signed,
            Observations observations,
            BiFunction<HttpFacts, Passage, Outcome> again) {
        this.dialects = dialects;
        this.verifier = verifier;
        this.assertions = assertions;
        this.charges = charges;
        this.denials = charges.denials();
        this.retired = retired;
        this.signed = signed;
        this.observations = observations;
        this.again = again;
    }

    Outcome decide(Turn turn) {
        return carried(turn, dialects.of(turn.api()).read(turn.call(), turn.api()));
    }

    private Outcome carried(Turn turn, Carried carried) {
        return switch (carried) {
            case Carried.Nothing() -> denials.refuse(turn, new Refusal.NoCredential());
            case Carried.Unreadable(Refusal refusal, Reply reply) ->
                denials.refuse(turn.call(), turn.api(), turn.passage(), refusal, reply);
            case Carried.Later(var read) -> {
                Optional<Refusal.TooMany> closed = verifier.closed(turn.api(), turn.ask());
                yield closed.isPresent()
                        ? denials.refuse(turn, closed.get())
                        : denials.waiting(turn, () -> carried(turn, read.get()));
            }
            case Carried.Proven proven -> proven(turn, proven);
            case Carried.One one ->
                switch (verify(turn, one)) {
                    case Checked.Cold() -> denials.waiting(turn, () -> conclude(turn, one, verifyLoading(turn, one)));
                    case Checked.Known known -> conclude(turn, one, known);
                };
        };
    }

    /// Using up what counts once takes a thread that may wait.
    private Outcome proven(Turn turn, Carried.Proven proven) {
        Carried.One one = new Carried.One(proven.presented());
        return switch (verify(turn, one)) {
            case Checked.Refused refused -> conclude(turn, one, refused);
            case Checked.Allowed _, Checked.Cold _ ->
                denials.waiting(
                        turn, () -> conclude(turn.using(proven.use()), one, fitting(verifyLoading(turn, one), proven)));
        };
    }

    private Checked verify(Turn turn, Carried.One one) {
        return verifier.verify(
                one.presented(), turn.api(), turn.ask(), turn.call().arrivedNanos());
    }

    private Checked.Known verifyLoading(Turn turn, Carried.One one) {
        return verifier.verifyLoading(
                one.presented(), turn.api(), turn.ask(), turn.call().arrivedNanos());
    }

    private static Checked.Known fitting(Checked.Known known, Carried.Proven proven) {
        return known instanceof Checked.Allowed(Verdict.Allowed allowed)
                ? proven.unfit()
                        .apply(allowed)
                        .<Checked.Known>map(Checked.Refused::new)
                        .orElse(known)
                : known;
    }

    private Outcome conclude(Turn turn, Carried.One one, Checked.Known checked) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal) -> denials.refuse(turn, refusal);
            case Checked.Allowed(Verdict.Allowed allowed) -> allowed(turn, one, allowed);
        };
    }

    private Outcome allowed(Turn turn, Carried.One one, Verdict.Allowed allowed) {
        if (turn.route().signed() && turn.signer().isEmpty()) {
            return signed(turn, one, allowed);
        }
        if (turn.route().connection().isPresent()) {
            return connected(turn, turn.route().connection().get(), one, allowed);
        }
        return turn.passage().leadsTo(turn.api(), one.test())
                ? identified(one.test() ? turn.inTest() : turn, one.presented(), allowed)
                : denials.refuse(turn, new Refusal.NotFound());
    }

    /// Whoever may not make the call does not have its body read. Another proxy never shows it.
    private Outcome signed(Turn turn, Carried.One one, Verdict.Allowed allowed) {
        HttpFacts call = turn.call();
        Passage passage = turn.passage();
        Optional<Signing> scheme = dialects.of(turn.api()).signing().filter(_ -> passage.hasBodies());
        if (scheme.isEmpty()) {
            return denials.refuse(turn, new Refusal.BadSignature(Refusal.Flaw.UNSEEN));
        }
        return switch (signed.look(scheme.get(), call)) {
            case Signatures.Looked.Refused(Refusal.BadSignature refusal) -> denials.refuse(turn, refusal);
            case Signatures.Looked.Shown _
            when !turn.whole() -> new Outcome.ReadBody(SignedCalls.MAX_BODY, read -> again.apply(read, passage));
            case Signatures.Looked.Shown shown -> {
                SignedCalls.Question question = signed.question(scheme.get(), call, turn.api(), allowed, shown);
                yield switch (signed.ask(question)) {
                    case SignedCalls.Answer.Cold() ->
                        denials.waiting(turn, () -> signed(turn, one, allowed, signed.askLoading(question)));
                    case SignedCalls.Answer.Known known -> signed(turn, one, allowed, known);
                };
            }
        };
    }

    private Outcome signed(Turn turn, Carried.One one, Verdict.Allowed allowed, SignedCalls.Answer.Known answer) {
        return switch (answer) {
            case SignedCalls.Answer.No(Refusal refusal) -> denials.refuse(turn, refusal);
            case SignedCalls.Answer.Yes(Signer signer) -> allowed(turn.signed(signer), one, allowed);
            case SignedCalls.Answer.Once(Signer signer, var use) ->
                denials.waiting(turn, () -> allowed(turn.signed(signer, use), one, allowed));
        };
    }

    /// A platform is asked with the whole body at once. A body may take its time, so that its caller is looked at
    /// once more when it is there. What is for tests only reaches no platform, and no other proxy can go there.
    private Outcome connected(Turn turn, ConnectionRule rule, Carried.One one, Verdict.Allowed allowed) {
        HttpFacts call = turn.call();
        Passage passage = turn.passage();
        if (one.test() || !passage.hasBodies()) {
            return denials.refuse(turn, new Refusal.NotFound());
        }
        if (!turn.whole()) {
            return new Outcome.ReadBody(MAX_PLATFORM_BODY, read -> again.apply(read, passage));
        }
        return charges.of(turn, allowed, charge -> {
            retired.used(call, turn.api(), turn.route(), allowed);
            return passage.connected(call, turn.api(), turn.route(), rule, allowed, charge);
        });
    }

    private Outcome identified(Turn turn, Presented presented, Verdict.Allowed allowed) {
        String audience =
                turn.api().upstream().map(URI::toString).orElse(turn.api().audience());
        try {
            return asserted(turn, presented, allowed, assertions.sign(turn.call(), audience, allowed));
        } catch (FactsUnavailable e) {
            return denials.waiting(
                    turn,
                    () -> asserted(turn, presented, allowed, assertions.signLoading(turn.call(), audience, allowed)));
        }
    }

    private Outcome asserted(Turn turn, Presented presented, Verdict.Allowed allowed, Optional<String> assertion) {
        if (assertion.isEmpty()) {
            return denials.refuse(turn, new Refusal.Unavailable("no key signs assertions", Denials.RETRY));
        }
        HttpFacts call = turn.call();
        Api api = turn.api();
        List<Header> identity = IdentityHeaders.of(allowed, assertion.get());
        return charges.of(turn, allowed, charge -> {
            observations.allowed(call, api.name());
            retired.used(call, api, turn.route(), allowed);
            return turn.passage()
                    .identified(
                            call,
                            api,
                            presented,
                            allowed,
                            identity,
                            charges.left(api, turn.route(), charge),
                            turn.signer());
        });
    }
}
