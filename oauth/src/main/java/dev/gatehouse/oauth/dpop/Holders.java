package dev.gatehouse.oauth.dpop;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.ProofStore;
import dev.gatehouse.oauth.dpop.DpopProof.Request;
import dev.gatehouse.oauth.jose.CryptoProviders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Which key whoever sends a request has: reads the proof in its header `DPoP`, and uses it up.
public final class Holders {
    /// The header that a proof comes in.
    public static final String HEADER = "DPoP";

    /// The header that tells what the next proof has to carry.
    public static final String NONCE_HEADER = "DPoP-Nonce";

    private static final Duration RETRY = Duration.ofSeconds(1);

    /// What looking gave.
    public sealed interface Looked {
        /// There is no proof.
        record Nothing() implements Looked {}

        /// A good one, not yet used up.
        record Proven(DpopProof proof) implements Looked {}

        /// Something that is none.
        record Refused(Refusal.NotHolder refusal) implements Looked {}
    }

    private final CryptoProviders crypto;
    private final ProofStore uses;
    private final Nonces nonces;
    private final InstantSource clock;

    /// @param crypto checks signatures
    /// @param uses has the proofs that are used up
    public Holders(CryptoProviders crypto, ProofStore uses, Pepper pepper, InstantSource clock) {
        this.crypto = crypto;
        this.uses = uses;
        this.nonces = new Nonces(pepper);
        this.clock = clock;
    }

    /// The proof of a request for a token.
    ///
    /// @param addresses of the endpoint
    public Looked asking(HttpFacts http, Api api, List<String> addresses) {
        return look(http, api, new Request(http.method(), addresses, Optional.empty()), Nonces.Place.ISSUER);
    }

    /// The proof of a call with a token.
    ///
    /// @param addresses of what is called
    public Looked calling(HttpFacts http, Api api, List<String> addresses, Secret token) {
        return look(http, api, new Request(http.method(), addresses, Optional.of(token)), Nonces.Place.RESOURCE);
    }

    private Looked look(HttpFacts http, Api api, Request request, Nonces.Place place) {
        List<String> headers = http.values(HEADER);
        if (headers.isEmpty()) {
            return new Looked.Nothing();
        }
        Instant now = clock.instant();
        Optional<DpopProof> proof =
                headers.size() == 1 ? DpopProof.read(headers.getFirst(), request, now, crypto) : Optional.empty();
        if (proof.filter(one -> one.fits(api.clients().profile())).isEmpty()) {
            return new Looked.Refused(new Refusal.NotHolder(Refusal.Lacking.PROOF));
        }
        boolean fresh = !api.clients().nonces()
                || proof.get()
                        .nonce()
                        .filter(nonce -> nonces.good(nonce, api, place, now))
                        .isPresent();
        return fresh
                ? new Looked.Proven(proof.get())
                : new Looked.Refused(
                        new Refusal.NotHolder(Refusal.Lacking.NONCE, Optional.of(nonces.current(api, place, now))));
    }

    /// What the next proof has to carry at the endpoints of an Api that says so.
    public Optional<String> next(Api api) {
        return api.clients().nonces()
                ? Optional.of(nonces.current(api, Nonces.Place.ISSUER, clock.instant()))
                : Optional.empty();
    }

    /// Uses a proof up. Blocks. What is refused before this is not used up and writes nothing.
    public Optional<Refusal> use(DpopProof proof) {
        try {
            return uses.use(proof.use(), proof.until(), clock.instant())
                    ? Optional.empty()
                    : Optional.of(new Refusal.NotHolder(Refusal.Lacking.PROOF));
        } catch (FactsUnavailable e) {
            return Optional.of(new Refusal.Unavailable("proofs of keys: " + e.getMessage(), RETRY));
        }
    }
}
