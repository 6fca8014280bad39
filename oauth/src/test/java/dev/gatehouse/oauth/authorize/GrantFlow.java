package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// How clients and browsers speak with the endpoints of a [GrantWorld].
abstract class GrantFlow {
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = challenge(VERIFIER);

    @TempDir
    Path folder;

    GrantWorld world;

    @BeforeEach
    void begin() {
        world = new GrantWorld(folder);
    }

    static String challenge(String verifier) {
        try {
            return Base64Url.encode(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// A good request of a client, to be changed; an empty value leaves a parameter out.
    Map<String, String> request(Application client, String scope) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client.clientId());
        parameters.put("redirect_uri", GrantWorld.CALLBACK);
        parameters.put("scope", scope);
        parameters.put("state", "af0ifjsldkj");
        parameters.put("nonce", "n-0S6_WzA2Mj");
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static HttpFacts get(String query, Header... headers) {
        return http("GET", Optional.of(query).filter(text -> !text.isEmpty()), "", headers);
    }

    static HttpFacts post(String body, Header... headers) {
        List<Header> all = new ArrayList<>(List.of(headers));
        if (!body.isEmpty()) {
            all.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
        }
        return http("POST", Optional.empty(), body, all.toArray(Header[]::new));
    }

    private static HttpFacts http(String method, Optional<String> query, String body, Header... headers) {
        return new HttpFacts(
                "req-1",
                "public",
                true,
                method,
                "login.example.com",
                "/",
                query,
                List.of(headers),
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                InetAddress.getLoopbackAddress(),
                0);
    }

    AuthorizeStep ask(Map<String, String> parameters) {
        return world.authorize.ask(get(encoded(parameters)), world.api, Optional.of(world.signedIn));
    }

    /// What comes back to the client in the query of a redirect.
    static Map<String, String> answer(AuthorizeStep step) {
        assertThat(step).isInstanceOf(AuthorizeStep.Answer.class);
        Reply reply = ((AuthorizeStep.Answer) step).reply();
        assertThat(reply.status()).isEqualTo(303);
        return query(location(reply));
    }

    static String location(Reply reply) {
        return reply.headers().stream()
                .filter(header -> header.name().equals("Location"))
                .map(Header::value)
                .findFirst()
                .orElseThrow();
    }

    static Map<String, String> query(String uri) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String pair : URI.create(uri).getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            members.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return members;
    }

    /// The code of a client to whom Alice says yes.
    String code(Application client, String scope) {
        return code(request(client, scope));
    }

    String code(Map<String, String> parameters) {
        AuthorizeStep step = ask(parameters);
        if (step instanceof AuthorizeStep.Consent consent) {
            step = world.authorize.allowed(consent.ask(), world.api, world.signedIn, get(""));
        }
        return Optional.ofNullable(answer(step).get("code")).orElseThrow();
    }

    Reply token(String body, Header... headers) {
        Reply reply = world.tokens.answer(post(body, headers), world.api);
        assertThat(reply.headers()).contains(new Header("Cache-Control", "no-store"));
        return reply;
    }

    /// How the confidential client redeems a code.
    Reply redeem(String code) {
        return token(redeeming(code));
    }

    String redeeming(String code) {
        return redeemingWith(code) + conf();
    }

    /// Without what proves the client.
    static String redeemingWith(String code) {
        return "grant_type=authorization_code&code=" + code + "&redirect_uri="
                + URLEncoder.encode(GrantWorld.CALLBACK, StandardCharsets.UTF_8) + "&code_verifier=" + VERIFIER;
    }

    String conf() {
        return "&client_id=conf&client_secret=" + world.secret.reveal();
    }

    Reply refresh(String token) {
        return token("grant_type=refresh_token&refresh_token=" + token + conf());
    }

    static Map<String, Object> members(Reply reply) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (reply.body() instanceof Body.Json(var _, Map<String, ?> members)) {
            all.putAll(members);
        }
        return all;
    }

    static String text(Reply reply, String member) {
        return Optional.ofNullable(members(reply).get(member)).orElseThrow().toString();
    }

    static void refused(Reply reply, int status, String error) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(members(reply).get("error")).isEqualTo(error);
    }

    /// What a JWT says.
    static Json.Members claims(String jwt) {
        return StrictJson.object(Base64Url.decode(jwt.split("\\.", -1)[1]).orElseThrow())
                .orElseThrow();
    }

    /// Whether an access token counts.
    boolean counts(String token) {
        return userInfo(token, world.api).status() != 401;
    }

    Reply userInfo(String token, Api api) {
        return world.userInfo.answer(get("", new Header("Authorization", "Bearer " + token)), api);
    }
}
