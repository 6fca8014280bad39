package dev.gatehouse.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An OpenID provider of somebody else's, on this machine, that does as it is told, and worse.
final class FakeProvider implements AutoCloseable {
    /// The secret that it gave us.
    static final String SECRET = "canary-secret-of-the-provider";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private record Asked(Map<String, String> request, Map<String, Object> claims) {}

    private final HttpServer server;
    private final TestClock clock;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private final AtomicInteger drawn = new AtomicInteger();
    private final List<String> log = new ArrayList<>();
    private final List<Map<String, String>> redeemed = new ArrayList<>();
    private volatile KeyPair key = pair();
    private volatile String keyId = "k1";
    private volatile UnaryOperator<Map<String, Object>> metadata = UnaryOperator.identity();
    private volatile UnaryOperator<String> idToken = UnaryOperator.identity();
    private volatile UnaryOperator<Map<String, Object>> header = UnaryOperator.identity();
    private volatile int status = 200;
    private volatile Runnable meanwhile = () -> {};

    FakeProvider(TestClock clock) throws IOException {
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Opens all of these.
    static String config(FakeProvider... providers) {
        return "egress:\n  allow: ["
                + Stream.of(providers).map(one -> '"' + one.issuer() + '"').collect(Collectors.joining(", ")) + "]\n";
    }

    /// Says something else of itself from now on.
    void says(UnaryOperator<Map<String, Object>> change) {
        metadata = change;
    }

    /// Has another header on its ID tokens from now on.
    void heads(UnaryOperator<Map<String, Object>> change) {
        header = change;
    }

    /// Gives other ID tokens than it signed from now on.
    void gives(UnaryOperator<String> change) {
        idToken = change;
    }

    /// Has this done before it answers at its token endpoint, once.
    void meanwhile(Runnable other) {
        meanwhile = other;
    }

    void answers(int other) {
        status = other;
    }

    /// Takes another key, published under another name.
    void rolls(String name) {
        key = pair();
        keyId = name;
    }

    KeyPair key() {
        return key;
    }

    List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    List<Map<String, String>> redeemed() {
        synchronized (log) {
            return List.copyOf(redeemed);
        }
    }

    /// Somebody signs in there: what the browser comes back with.
    Map<String, String> agree(String url, String subject) {
        return agree(url, Map.of("sub", subject));
    }

    /// The same with these claims besides or instead of the usual ones.
    Map<String, String> agree(String url, Map<String, Object> claims) {
        Map<String, String> request = ConnectWorld.query(URI.create(url).getRawQuery());
        String code = "code-" + drawn.incrementAndGet();
        Map<String, Object> all = new LinkedHashMap<>();
        long now = clock.instant().getEpochSecond();
        all.put("iss", issuer());
        all.put("aud", request.get("client_id"));
        all.put("iat", now);
        all.put("exp", now + 300);
        all.put("nonce", request.get("nonce"));
        all.put("auth_time", now);
        all.putAll(claims);
        all.values().removeIf(value -> value.equals("-"));
        codes.put(code, new Asked(request, all));
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", request.get("state"));
        back.put("iss", issuer());
        return back;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (log) {
            log.add(exchange.getRequestMethod() + " " + path);
        }
        if (path.equals("/authorize")) {
            sendBack(exchange);
            return;
        }
        Object answer = switch (path) {
            case "/.well-known/openid-configuration" -> metadata.apply(document());
            case "/jwks" -> Map.of("keys", List.of(jwk()));
            case "/token" -> {
                Runnable first = meanwhile;
                meanwhile = () -> {};
                first.run();
                yield token(exchange, body);
            }
            default -> Map.of();
        };
        byte[] bytes = RunningServer.JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        int code = path.equals("/token") ? status : 200;
        exchange.sendResponseHeaders(
                answer instanceof Map<?, ?> map && map.containsKey("error") ? 400 : code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// Whoever comes in a browser agrees.
    private void sendBack(HttpExchange exchange) throws IOException {
        String url = exchange.getRequestURI().toString();
        Map<String, String> back = agree(url, "sub-of-a-browser");
        String redirect = ConnectWorld.query(URI.create(url).getRawQuery()).get("redirect_uri");
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        redirect + "?code=" + back.get("code") + "&state=" + back.get("state") + "&iss="
                                + URLEncoder.encode(issuer(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    private Map<String, Object> document() {
        return new LinkedHashMap<>(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize?tenant=1",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/jwks",
                "authorization_response_iss_parameter_supported", true));
    }

    private Map<String, Object> jwk() {
        RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return Map.of(
                "kty",
                "RSA",
                "kid",
                keyId,
                "use",
                "sig",
                "alg",
                "RS256",
                "n",
                number(rsa.getModulus()),
                "e",
                number(rsa.getPublicExponent()));
    }

    static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private Map<String, Object> token(HttpExchange exchange, String body) {
        Map<String, String> form = new LinkedHashMap<>(ConnectWorld.query(body));
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            form.put("Authorization", authorization);
        }
        synchronized (log) {
            redeemed.add(form);
        }
        Asked asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null
                || !asked.request().get("redirect_uri").equals(form.get("redirect_uri"))
                || !asked.request().get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return Map.of("error", "invalid_grant");
        }
        return Map.of("id_token", idToken.apply(signed(asked.claims())), "access_token", "at", "token_type", "Bearer");
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An ID token under its key.
    String signed(Map<String, Object> claims) {
        Map<String, Object> head = new LinkedHashMap<>(Map.of("alg", "RS256", "kid", keyId));
        return signed(header.apply(head), claims, key);
    }

    static String signed(Map<String, Object> header, Map<String, Object> claims, KeyPair key) {
        try {
            String input = part(header) + "." + part(claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String part(Map<String, Object> members) {
        return BASE64.encodeToString(RunningServer.JSON.writeValueAsBytes(members));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
