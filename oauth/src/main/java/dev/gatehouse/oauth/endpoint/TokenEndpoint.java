package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.oauth.token.Minter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// `POST /oauth2/token` (RFC 6749 section 3.2): read, authenticate and decide, mint, answer.
public final class TokenEndpoint {
    /// The largest body that is read, in bytes.
    public static final int MAX_BODY = 16 * 1024;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final Minter minter;
    private final FactSource facts;
    private final LongSupplier nanos;
    private final TokenWitness witness;

    /// An endpoint for all Apis.
    ///
    /// @param nanos the monotonic clock by which `facts` are fresh
    /// @param witness is told of every token and every refusal of a request that can be read
    public TokenEndpoint(Verifier verifier, Minter minter, FactSource facts, LongSupplier nanos, TokenWitness witness) {
        this.verifier = verifier;
        this.minter = minter;
        this.facts = facts;
        this.nanos = nanos;
        this.witness = witness;
    }

    /// Answers from memory; empty when that does not suffice and [#answer] must be asked on a thread that may
    /// block.
    public Optional<Reply> tryAnswer(HttpFacts http, Api api) {
        return switch (TokenRequest.read(http, api)) {
            case TokenRequest.Read.Failed(OAuthError error) -> Optional.of(error.reply());
            case TokenRequest.Read.Request(TokenRequest request) ->
                switch (verifier.verify(request.presented(), api, ask(http, request), http.arrivedNanos())) {
                    case Checked.Cold() -> Optional.empty();
                    case Checked.Refused(Refusal refusal) -> Optional.of(refused(http, api, request, refusal));
                    case Checked.Allowed(Verdict.Allowed allowed) -> mint(http, api, request, allowed);
                };
        };
    }

    /// Answers, reading the database when it must.
    public Reply answer(HttpFacts http, Api api) {
        return switch (TokenRequest.read(http, api)) {
            case TokenRequest.Read.Failed(OAuthError error) -> error.reply();
            case TokenRequest.Read.Request(TokenRequest request) ->
                loading(http, api, request).orElseGet(() -> underNewKey(http, api, request));
        };
    }

    /// Empty when no key of the Api is at hand.
    private Optional<Reply> loading(HttpFacts http, Api api, TokenRequest request) {
        return switch (verifier.verifyLoading(request.presented(), api, ask(http, request), http.arrivedNanos())) {
            case Checked.Cold() -> Optional.of(unavailable(http, api, "the facts of the client"));
            case Checked.Refused(Refusal refusal) -> Optional.of(refused(http, api, request, refusal));
            case Checked.Allowed(Verdict.Allowed allowed) -> mint(http, api, request, allowed);
        };
    }

    /// Drawing a key takes a while, so the request is decided once more after it.
    private Reply underNewKey(HttpFacts http, Api api, TokenRequest request) {
        try {
            minter.ensureKey(api);
        } catch (FactsUnavailable e) {
            return unavailable(http, api, "a signing key: " + e.getMessage());
        }
        return loading(http, api, request).orElseGet(() -> unavailable(http, api, "a signing key"));
    }

    private static Ask.Mint ask(HttpFacts http, TokenRequest request) {
        return new Ask.Mint(request.scopes(), http.from());
    }

    private Reply refused(HttpFacts http, Api api, TokenRequest request, Refusal refusal) {
        witness.refused(http, api, refusal);
        return OAuthError.of(refusal, request.byHeader()).reply();
    }

    /// Freshness is looked at once more just before signing (PROTOCOLS 1). Empty when no key of the Api is at
    /// hand.
    private Optional<Reply> mint(HttpFacts http, Api api, TokenRequest request, Verdict.Allowed allowed) {
        if (!facts.fresh(nanos.getAsLong())) {
            return Optional.of(unavailable(http, api, "this node's facts are not fresh"));
        }
        return switch (minter.mint(allowed)) {
            case Minted.NoKey() -> Optional.empty();
            case Minted.TooLong() -> {
                witness.refused(http, api, new Refusal.BadScope());
                yield Optional.of(new OAuthError.InvalidScope().reply());
            }
            case Minted.Token token -> {
                witness.issued(http, api, allowed.members().credential().id());
                yield Optional.of(issued(token, request));
            }
        };
    }

    /// RFC 6749 section 5.1, RFC 8693 section 2.2.1. The scope is always told, whether it is what was asked for
    /// or not.
    private static Reply issued(Minted.Token token, TokenRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", token.text().reveal());
        if (request.exchange()) {
            members.put("issued_token_type", TokenExchange.ACCESS_TOKEN);
        }
        members.put("token_type", "Bearer");
        members.put("expires_in", token.lifeSeconds());
        members.put("scope", token.claims().scopes().text());
        return Reply.json(200, members).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    private Reply unavailable(HttpFacts http, Api api, String what) {
        witness.refused(http, api, new Refusal.Unavailable(what, RETRY));
        return new OAuthError.Unavailable(RETRY).reply();
    }
}
