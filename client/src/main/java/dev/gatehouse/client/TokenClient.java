package dev.gatehouse.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Gets access tokens for one client (RFC 6749 section 4.4) and keeps the last until shortly before it expires.
/// Safe for many threads; while one fetches, the others wait for the same token.
public final class TokenClient implements AutoCloseable {
    private static final String EXCHANGE = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange";
    private static final String OF_CUSTOMER = "urn:gatehouse:token-type:customer";
    private static final String OF_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Duration MOST_MARGIN = Duration.ofSeconds(30);

    /// A token and the moment of the monotonic clock from which another one is fetched.
    private record Kept(Token token, long untilNanos) {}

    private final Transport transport;
    private final String authorization;
    private final List<String> scopes;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Kept> kept = Optional.empty();

    /// A client of the Api whose issuer is given. Without scopes it asks for all that the client may have.
    public TokenClient(URI issuer, String clientId, Secret secret, List<String> scopes) {
        this(issuer, clientId, secret, scopes, System::nanoTime);
    }

    TokenClient(URI issuer, String clientId, Secret secret, List<String> scopes, LongSupplier nanoClock) {
        this.transport = new Transport(issuer);
        this.authorization = basic(clientId, secret);
        this.scopes = List.copyOf(scopes);
        this.nanoClock = nanoClock;
    }

    /// A live token: the one at hand, or a new one.
    ///
    /// @throws GatehouseException when it is refused or the server cannot be reached
    public Token token() {
        lock.lock();
        try {
            if (kept.isPresent() && kept.get().untilNanos() - nanoClock.getAsLong() > 0) {
                return kept.get().token();
            }
            long asked = nanoClock.getAsLong();
            Token token = fetch("grant_type=client_credentials" + asking(scopes));
            kept = Optional.of(new Kept(
                    token, asked + token.life().minus(margin(token.life())).toNanos()));
            return token;
        } finally {
            lock.unlock();
        }
    }

    /// A token in which the client acts for a customer of its organization (RFC 8693). A new one each time: none
    /// is kept.
    ///
    /// @param customer the customer's id
    /// @throws GatehouseException when it is refused or the server cannot be reached
    public Token actingFor(String customer) {
        return fetch(EXCHANGE + "&subject_token=" + encode(customer) + "&subject_token_type=" + encode(OF_CUSTOMER)
                + asking(scopes));
    }

    /// A token that may do less, in exchange for one of this client's. It ends with the other one at the latest.
    ///
    /// @param narrower what it may still do; all of these the other one may do too
    /// @throws GatehouseException when it is refused or the server cannot be reached
    public Token exchange(Token token, List<String> narrower) {
        return fetch(EXCHANGE + "&subject_token=" + encode(token.value().reveal()) + "&subject_token_type="
                + encode(OF_ACCESS_TOKEN) + asking(narrower));
    }

    /// Drops the token at hand, because an Api refused it with 401.
    public void forget() {
        lock.lock();
        try {
            kept = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static String asking(List<String> scopes) {
        return scopes.isEmpty() ? "" : "&scope=" + encode(String.join(" ", scopes));
    }

    private Token fetch(String form) {
        HttpRequest request = transport
                .to("/oauth2/token")
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return Token.read(transport.send(request))
                .orElseThrow(() -> new GatehouseException.Unreachable("the token endpoint answered without a token"));
    }

    private static Duration margin(Duration life) {
        Duration tenth = life.dividedBy(10);
        return tenth.compareTo(MOST_MARGIN) < 0 ? tenth : MOST_MARGIN;
    }

    /// RFC 6749 section 2.3.1: both are form-encoded before they go into Basic.
    private static String basic(String clientId, Secret secret) {
        String pair = encode(clientId) + ":" + encode(secret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transport.close();
    }
}
