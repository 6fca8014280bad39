package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.signed.Signatures;
import java.util.Optional;

/// Whether a call is signed by the application that makes it: a second proof, decided on as the first is.
record SignedCalls(Signatures signatures, Verifier verifier) {
    /// The largest body that is held for the sake of its signature, in bytes; of an answer too.
    static final int MAX_BODY = 1024 * 1024;

    /// A signature of a call that is allowed but for that.
    ///
    /// @param presented empty where no application makes the call
    record Question(
            Signing scheme,
            HttpFacts call,
            Api api,
            Signatures.Looked.Shown shown,
            Optional<Presented.Signed> presented) {}

    /// What comes of it.
    sealed interface Answer {
        /// Said by whoever may wait for what it takes.
        sealed interface Known extends Answer {}

        /// It is signed; so is what is answered.
        record Yes(Outcome.Signing signing) implements Known {}

        /// It is not.
        record No(Refusal refusal) implements Known {}

        /// Memory does not tell.
        record Cold() implements Answer {}
    }

    Signatures.Looked look(Signing scheme, HttpFacts call) {
        return signatures.look(scheme, call);
    }

    Question question(
            Signing scheme, HttpFacts call, Api api, Verdict.Allowed allowed, Signatures.Looked.Shown shown) {
        return new Question(
                scheme,
                call,
                api,
                shown,
                application(allowed).map(client -> signatures.presented(scheme, call, shown, client)));
    }

    private static Optional<String> application(Verdict.Allowed allowed) {
        return switch (allowed.members().holder()) {
            case Application application -> Optional.of(application.clientId());
            case Person _ -> allowed.actor();
        };
    }

    Answer ask(Question question) {
        return question.presented()
                .<Answer>map(presented -> switch (verifier.verify(
                        presented, question.api(), ask(question.call()), question.call().arrivedNanos())) {
                    case Checked.Cold() -> new Answer.Cold();
                    case Checked.Known known -> known(question, known);
                })
                .orElseGet(SignedCalls::wrong);
    }

    Answer.Known askLoading(Question question) {
        return question.presented()
                .map(presented -> known(
                        question,
                        verifier.verifyLoading(
                                presented, question.api(), ask(question.call()), question.call().arrivedNanos())))
                .orElseGet(SignedCalls::wrong);
    }

    private static Ask ask(HttpFacts call) {
        return new Ask.Authenticate(call.from());
    }

    private Answer.Known known(Question question, Checked.Known checked) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal)
            when refusal instanceof Refusal.TooMany || refusal instanceof Refusal.Unavailable ->
                new Answer.No(refusal);
            case Checked.Refused _ -> wrong();
            case Checked.Allowed(Verdict.Allowed allowed) ->
                new Answer.Yes(answering(question, allowed.members().credential()));
        };
    }

    private static Answer.Known wrong() {
        return new Answer.No(new Refusal.BadSignature(Refusal.Flaw.WRONG));
    }

    private Outcome.Signing answering(Question question, Credential key) {
        return new Outcome.Signing(
                MAX_BODY,
                question.scheme().signatureHeader(),
                body -> signatures.ofReply(question.scheme(), key, question.shown().time(), body));
    }
}
