package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.dialect.model.Signing;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.signed.Signatures;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Whether a call is signed by the application that makes it: a second proof, decided on as the first is.
record SignedCalls(Signatures signatures, Verifier verifier, Observations observations) {
    /// What may be asked again as it is (RFC 9110 section 9.2.1). Anything else counts once for its signature.
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final Duration RETRY = Duration.ofSeconds(1);

    /// The largest body that is held for the sake of its signature, in bytes; of an answer too.
    static final int MAX_BODY = 1024 * 1024;

    private static final Refusal WRONG = new Refusal.BadSignature(Refusal.Flaw.WRONG);

    /// A signature of a call that is allowed but for that.
    ///
    /// @param tried empty where no application makes the call
    record Question(
            Signing scheme, HttpFacts call, Api api, Signatures.Looked.Shown shown, Optional<Signatures.Tried> tried) {}

    /// What comes of it.
    sealed interface Answer {
        /// Said by whoever may wait for what it takes.
        sealed interface Known extends Answer {}

        /// It is signed.
        record Yes(Signer signer) implements Known {}

        /// It is signed, and may have been made before.
        ///
        /// @param use uses the signature up
        record Once(Signer signer, Supplier<Optional<Refusal>> use) implements Known {}

        /// It is not.
        record No(Refusal refusal) implements Known {}

        /// Memory does not tell.
        record Cold() implements Answer {}
    }

    Signatures.Looked look(Signing scheme, HttpFacts call) {
        return signatures.look(scheme, call);
    }

    Question question(Signing scheme, HttpFacts call, Api api, Verdict.Allowed allowed, Signatures.Looked.Shown shown) {
        return new Question(
                scheme,
                call,
                api,
                shown,
                application(allowed).map(client -> signatures.tried(scheme, call, shown, client)));
    }

    private static Optional<String> application(Verdict.Allowed allowed) {
        return switch (allowed.members().holder()) {
            case Application application -> Optional.of(application.clientId());
            case Person _ -> allowed.actor();
        };
    }

    Answer ask(Question question) {
        return question.tried()
                .<Answer>map(tried -> switch (verifier.verify(
                        tried.presented(),
                        question.api(),
                        ask(question.call()),
                        question.call().arrivedNanos())) {
                    case Checked.Cold() -> new Answer.Cold();
                    case Checked.Known known -> known(question, tried, known);
                })
                .orElseGet(SignedCalls::wrong);
    }

    Answer.Known askLoading(Question question) {
        return question.tried()
                .map(tried -> known(
                        question,
                        tried,
                        verifier.verifyLoading(
                                tried.presented(),
                                question.api(),
                                ask(question.call()),
                                question.call().arrivedNanos())))
                .orElseGet(SignedCalls::wrong);
    }

    private static Ask ask(HttpFacts call) {
        return new Ask.Authenticate(call.from());
    }

    private Answer.Known known(Question question, Signatures.Tried tried, Checked.Known checked) {
        return switch (checked) {
            case Checked.Refused(Refusal refusal)
            when refusal instanceof Refusal.TooMany || refusal instanceof Refusal.Unavailable -> new Answer.No(refusal);
            case Checked.Refused _ ->
                tried.unread().get()
                        ? new Answer.No(new Refusal.Unavailable("a signing key cannot be decrypted", RETRY))
                        : wrong();
            case Checked.Allowed(Verdict.Allowed allowed) -> signed(question, allowed.members());
        };
    }

    private Answer.Known signed(Question question, Members by) {
        Signer signer = new Signer(
                question.scheme().signatureHeader(),
                () -> signatures.again(by.holder().publicName(), by.credential().id()),
                answers(question, by.credential()));
        return SAFE.contains(question.call().method())
                ? new Answer.Yes(signer)
                : new Answer.Once(
                        signer,
                        () -> signatures.use(
                                        question.scheme(),
                                        question.shown(),
                                        by.holder().id())
                                ? Optional.empty()
                                : Optional.of(new Refusal.BadSignature(Refusal.Flaw.REPLAYED)));
    }

    private static Answer.Known wrong() {
        return new Answer.No(WRONG);
    }

    private Optional<Outcome.Signing> answers(Question question, Credential key) {
        Signing scheme = question.scheme();
        return scheme.reply().isEmpty()
                ? Optional.empty()
                : Optional.of(new Outcome.Signing(
                        MAX_BODY,
                        scheme.signatureHeader(),
                        key.organization().text(),
                        body -> signatures.ofReply(scheme, key, question.shown().time(), body),
                        observations::unsigned));
    }
}
