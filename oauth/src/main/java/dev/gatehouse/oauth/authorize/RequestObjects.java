package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.oauth.client.KnownKeys;
import dev.gatehouse.oauth.client.RequestObject;
import dev.gatehouse.oauth.client.RequestReferences;
import dev.gatehouse.oauth.endpoint.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Authorization requests that clients sign (RFC 9101), by value or by reference: read, and then proven like
/// every credential. Blocks.
public final class RequestObjects {
    /// The error of one that is none (RFC 9101 section 7).
    static final String ERROR = "invalid_request_object";

    /// The error where there is none (OpenID Connect Core section 3.1.2.6).
    static final String NOWHERE = "invalid_request_uri";

    /// The parameter that one comes in.
    static final String PARAMETER = "request";

    /// What reading gave.
    sealed interface Read {
        /// What the client asks for; nothing that stood beside the object is in it (RFC 9101 section 6.3).
        record Good(Form form) implements Read {}

        /// Nothing that the client signed.
        record Wrong(String why) implements Read {}

        /// Nothing that could be one where it should be.
        record Nowhere(String why) implements Read {}

        /// Nothing is looked at now.
        record Later(Refusal.TooMany refusal) implements Read {}
    }

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final KnownKeys keys;
    private final RequestReferences references;
    private final Limiter limiter;
    private final InstantSource clock;

    /// @param keys checks signatures
    /// @param references fetches what clients keep themselves
    /// @param limiter charges each fetch
    public RequestObjects(
            Verifier verifier, KnownKeys keys, RequestReferences references, Limiter limiter, InstantSource clock) {
        this.verifier = verifier;
        this.keys = keys;
        this.references = references;
        this.limiter = limiter;
        this.clock = clock;
    }

    /// Reads what a client sent in the parameter `request`.
    ///
    /// @throws FactsUnavailable when the client's keys cannot be looked at now
    Read read(String text, Application client, Api api, HttpFacts http) {
        return read(text, client, api, false, http);
    }

    /// Reads what a client keeps where the parameter `request_uri` says (OpenID Connect Core section 6.2).
    ///
    /// @throws FactsUnavailable when the client's keys cannot be looked at now
    Read fetch(String uri, Application client, Api api, HttpFacts http) {
        if (RequestReferences.registered(uri, client)
                && limiter.fetch(api, client, http.from()) instanceof Charge.TooMuch(Refusal.TooMany refusal)) {
            return new Read.Later(refusal);
        }
        return switch (references.fetch(uri, client)) {
            case RequestReferences.Got.Text(String text) -> read(text, client, api, true, http);
            case RequestReferences.Got.Nothing(String why) -> new Read.Nowhere(why);
            case RequestReferences.Got.Later() -> new Read.Later(new Refusal.TooMany(RETRY));
        };
    }

    private Read read(String text, Application client, Api api, boolean fetched, HttpFacts http) {
        return switch (RequestObject.read(text, client.clientId(), client.terms(), api, fetched, clock.instant())) {
            case RequestObject.Read.Wrong(String why) -> new Read.Wrong(why);
            case RequestObject.Read.Good(RequestObject object) -> proven(object, client, api, http);
        };
    }

    /// Proves one that was read.
    Read proven(RequestObject object, Application client, Api api, HttpFacts http) {
        Presented.Requested signed =
                new Presented.Requested(client.clientId(), of -> keys.signed(object.jws(), of), clock.instant());
        return switch (verifier.verifyAtOnce(signed, api, new Ask.Authenticate(http.from()), http.arrivedNanos())) {
            case Checked.Allowed _ ->
                form(object)
                        .<Read>map(Read.Good::new)
                        .orElseGet(() -> new Read.Wrong("the request object has more parameters than a request may"));
            case Checked.Refused(Refusal.TooMany refusal) -> new Read.Later(refusal);
            case Checked.Refused(Refusal.Unavailable(String what, var _)) -> throw new FactsUnavailable(what);
            case Checked.Refused(Refusal _) ->
                new Read.Wrong("the request object is not signed under a key of this client that counts");
        };
    }

    /// Read as if it had been sent: what has no name of ours is passed over, what is too much is none.
    private static Optional<Form> form(RequestObject object) {
        return Form.passing(new Form(object.parameters()).text().getBytes(StandardCharsets.ISO_8859_1));
    }
}
