package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A client of the FAPI 2.0 plans: what it sends, each part of which a test may change.
///
/// @param keys signs assertions and request objects
/// @param certificate of its connections, where it proves anything
/// @param holder signs proofs
/// @param signs whether its requests and their answers are signed
record FapiClient(
        FapiSuite suite,
        String id,
        String redirect,
        KeyPair keys,
        Issued certificate,
        ProofKey holder,
        Variant variant,
        boolean signs) {
    static final String REDIRECT = "https://suite.example.com/test/a/fapi/callback";
    static final String STATE = "af0ifjsldkj-+/=~";
    static final String NONCE = "n-0S6_WzA2Mj";
    static final String OPENID = "openid offline_access things:read";

    /// `client_auth_type` and `sender_constrain`.
    enum Variant {
        KEY_DPOP,
        KEY_MTLS,
        MTLS_DPOP,
        MTLS_MTLS;

        /// Whether its connection proves the client.
        boolean certified() {
            return this == MTLS_DPOP || this == MTLS_MTLS;
        }

        /// Whether tokens are bound to the certificate, rather than to a key.
        boolean bound() {
            return this == KEY_MTLS || this == MTLS_MTLS;
        }
    }

    /// The same, with all that proves it, under the id of another.
    FapiClient under(String other) {
        return new FapiClient(suite, other, redirect, keys, certificate, holder, variant, signs);
    }

    /// The same with another key for its proofs.
    FapiClient proving(ProofKey by) {
        return new FapiClient(suite, id, redirect, keys, certificate, by, variant, signs);
    }

    /// Where endpoints are for this client: it goes by `mtls_endpoint_aliases` where certificates matter.
    String at(String path) {
        return (variant == Variant.KEY_DPOP ? suite.issuer() : suite.secure()) + path;
    }

    /// The parameters of an authorization request.
    ///
    /// @param more names and values; an empty value leaves a parameter out
    Map<String, String> request(String scope, String... more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", id);
        parameters.put("redirect_uri", redirect);
        parameters.put("scope", scope);
        parameters.put("state", STATE);
        if (scope.contains("openid")) {
            parameters.put("nonce", NONCE);
        }
        parameters.put("response_type", "code");
        if (signs) {
            parameters.put("response_mode", "jwt");
        }
        parameters.put("code_challenge", CodeFlow.CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    /// The claims of a request object.
    Map<String, Object> object(Map<String, String> request) {
        long now = suite.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(request);
        claims.put("nbf", now);
        claims.put("exp", now + 300);
        claims.put("aud", suite.issuer());
        claims.put("iss", id);
        return claims;
    }

    /// The claims of an assertion, for the issuer.
    Map<String, Object> claims() {
        Map<String, Object> claims = signer().claims(suite.issuer(), suite.clock.instant());
        claims.put("nbf", claims.get("iat"));
        return claims;
    }

    String signed(Map<String, Object> claims) {
        return signer().sign(signer().header(), claims);
    }

    SigningClient signer() {
        return new SigningClient("", "", id, "", keys, "one");
    }

    /// What proves the client in a form.
    Map<String, String> authentication() {
        return variant.certified() ? new LinkedHashMap<>(Map.of("client_id", id)) : asserting(signed(claims()));
    }

    static Map<String, String> asserting(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_assertion_type", SigningClient.TYPE);
        form.put("client_assertion", assertion);
        return form;
    }

    /// What is pushed for a request, signed where the client signs.
    Map<String, String> pushing(Map<String, String> request) {
        Map<String, String> form = new LinkedHashMap<>();
        if (signs) {
            form.put("request", signed(object(request)));
        } else {
            form.putAll(request);
        }
        form.putAll(authentication());
        return form;
    }

    /// No certificate where none is the client's proof, and no proof of a key but where a code is to be bound.
    Got push(Map<String, String> form, String... headers) {
        return suite.send(
                "POST",
                at("/oauth2/par"),
                ConformanceSuite.encoded(form),
                variant.certified() ? Optional.of(certificate) : Optional.empty(),
                headers);
    }

    String pushed(Map<String, String> request) {
        return named(push(pushing(request)));
    }

    static String named(Got pushed) {
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.header("Content-Type")).startsWith("application/json");
        assertThat(pushed.json().get("expires_in").asInt()).isPositive();
        return pushed.json().get("request_uri").asString();
    }

    /// Where a browser goes, with the parameters beside that OpenID Connect wants there.
    String way(String requestUri, String... beside) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", id);
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("redirect_uri", redirect);
        for (int i = 0; i < beside.length; i += 2) {
            parameters.put(beside[i], beside[i + 1]);
        }
        parameters.put("request_uri", requestUri);
        return "/oauth2/authorize?" + ConformanceSuite.encoded(parameters);
    }

    /// What comes back of a request that was pushed.
    Map<String, String> answer(String requestUri, String... beside) {
        return answer(suite.browser(), "allow", requestUri, beside);
    }

    Map<String, String> answer(Reader browser, String decision, String requestUri, String... beside) {
        browser.open(way(requestUri, beside));
        return read(suite.through(browser, decision));
    }

    /// What a signed answer says (JARM), once it is seen to be for this client, and nothing beside it.
    Map<String, String> read(Map<String, String> back) {
        if (!signs || back.containsKey("page")) {
            return back;
        }
        assertThat(back.keySet()).isSubsetOf("response", "dummy1", "dummy2");
        JsonNode claims = ConformanceSuite.part(back.get("response"), 1);
        assertThat(ConformanceSuite.part(back.get("response"), 0).get("alg").asString())
                .isEqualTo("ES256");
        assertThat(claims.get("aud").asString()).isEqualTo(id);
        assertThat(claims.get("exp").asLong())
                .isGreaterThan(suite.clock.instant().getEpochSecond());
        Map<String, String> members = new LinkedHashMap<>(back);
        members.remove("response");
        claims.properties()
                .forEach(one -> members.put(one.getKey(), one.getValue().asString()));
        return members;
    }

    /// A code for a request, as a person says yes.
    String code(String scope, String... more) {
        Map<String, String> back = answer(pushed(request(scope, more)));
        assertThat(back).containsKey("code").containsEntry("iss", suite.issuer());
        return back.get("code");
    }

    Map<String, String> redeeming(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", CodeFlow.VERIFIER);
        form.putAll(authentication());
        return form;
    }

    Map<String, String> refreshing(JsonNode tokens) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", tokens.get("refresh_token").asString());
        form.putAll(authentication());
        return form;
    }

    String proof(String path) {
        return holder.proof("POST", at(path), suite.clock.instant());
    }

    /// A token request with what the client is bound by.
    Got token(Map<String, String> form) {
        return variant.bound() ? unproven(form, true) : unproven(form, true, "DPoP", proof("/oauth2/token"));
    }

    /// @param shown whether the connection shows the client's certificate, where it has any
    Got unproven(Map<String, String> form, boolean shown, String... headers) {
        boolean with = shown && variant != Variant.KEY_DPOP;
        return suite.send(
                "POST",
                at("/oauth2/token"),
                ConformanceSuite.encoded(form),
                with ? Optional.of(certificate) : Optional.empty(),
                headers);
    }

    JsonNode tokens(String code) {
        Got got = token(redeeming(code));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.json().get("token_type").asString()).isEqualTo(variant.bound() ? "Bearer" : "DPoP");
        return got.json();
    }

    /// A call with a token, of this client's or another's, bound as this client binds.
    Got call(String path, JsonNode tokens, String... more) {
        String token = tokens.get("access_token").asString();
        if (variant.bound()) {
            return called(path, "Bearer " + token, more);
        }
        String proof = holder.proof("GET", at(path), suite.clock.instant(), token);
        List<String> headers = new ArrayList<>(List.of("DPoP", proof));
        headers.addAll(Arrays.asList(more));
        return called(path, "DPoP " + token, headers.toArray(String[]::new));
    }

    Got called(String path, String authorization, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", authorization));
        headers.addAll(Arrays.asList(more));
        return suite.send(
                "GET",
                at(path),
                "",
                variant.bound() ? Optional.of(certificate) : Optional.empty(),
                headers.toArray(String[]::new));
    }
}
