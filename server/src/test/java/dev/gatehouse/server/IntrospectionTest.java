package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET G03, G04 and D07: what introspection says of a token, and to whom (RFC 7662).
class IntrospectionTest extends IntrospectionFixture {
    @ParameterizedTest
    @EnumSource(Asker.class)
    void whoLearns(Asker asker) {
        String token = server.mint("orders", holder, "things:read");
        Customer who = asker(asker);
        Got got = ask("orders", who, token);
        Got garbage = ask("orders", who, token.substring(0, token.length() - 4) + "AAAA");
        assertThat(garbage.text()).isEqualTo(INACTIVE);
        assertThat(got.status()).isEqualTo(200);
        if (asker.learns) {
            assertThat(got.json().get("active").asBoolean()).isTrue();
        } else {
            assertThat(got.text()).isEqualTo(INACTIVE);
            assertThat(headers(got)).isEqualTo(headers(garbage));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anActiveTokenIsDescribed(String api) {
        String token = server.mint(api, holder, "things:read");
        Got got = ask(api, holder, token);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.header("Content-Type")).startsWith("application/json");
        var json = got.json();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "active", "scope", "client_id", "token_type", "exp", "iat", "sub", "aud", "iss", "jti");
        assertThat(json.get("active").asBoolean()).isTrue();
        assertThat(json.get("scope").asString()).isEqualTo("things:read");
        assertThat(json.get("client_id").asString()).isEqualTo(holder.clientId());
        assertThat(json.get("sub").asString()).isEqualTo(holder.clientId());
        assertThat(json.get("token_type").asString()).isEqualTo("Bearer");
        assertThat(json.get("iss").asString()).isEqualTo(server.base(api));
        assertThat(json.get("aud").asString()).isNotEmpty();
        assertThat(json.get("jti").asString()).startsWith("tok_");
        assertThat(json.get("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(json.get("exp").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aTokenIsForOneApiAndTheHintChangesNothing(String api) {
        String token = server.mint(api, holder, "things:read");
        assertThat(ask(api.equals("orders") ? "parcels" : "orders", holder, token)
                        .text())
                .isEqualTo(INACTIVE);
        String basic = RunningServer.basic(holder.clientId(), holder.secret());
        for (String hint : List.of("refresh_token", "access_token", "nonsense")) {
            Got got = server.form(
                    api,
                    "/oauth2/introspect",
                    "token_type_hint=" + hint + "&token=" + token,
                    "Authorization",
                    basic,
                    "Accept",
                    "application/token-introspection+jwt");
            assertThat(got.json().get("active").asBoolean()).isTrue();
            assertThat(got.header("Content-Type")).startsWith("application/json");
        }
    }

    private Stream<Arguments> neverTokens() {
        return Stream.of(
                        holder.secret(),
                        server.bootstrapKey().reveal(),
                        "x",
                        "gts_",
                        "eyJ.eyJ.x",
                        "\u0000",
                        "é",
                        "a".repeat(9000))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("neverTokens")
    void whatIsNoTokenIsInactive(String text) {
        for (String api : APIS) {
            assertThat(ask(api, holder, text).text()).isEqualTo(INACTIVE);
        }
    }

    /// RFC 7662 section 2.1: the endpoint is for authenticated callers.
    @Test
    void whoDoesNotProveItselfIsToldNothing() {
        String token = server.mint("orders", holder, "things:read");
        String body = "token=" + token;
        Got none = server.form("orders", "/oauth2/introspect", body);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.text()).doesNotContain("active");
        Got wrong = server.form(
                "orders", "/oauth2/introspect", body, "Authorization", RunningServer.basic(holder.clientId(), "wrong"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic ");
        Got bearer = server.form("orders", "/oauth2/introspect", body, "Authorization", "Bearer " + token);
        assertThat(bearer.status()).isEqualTo(401);
        Got twice = server.form(
                "orders",
                "/oauth2/introspect",
                body + "&client_secret=" + holder.secret(),
                "Authorization",
                RunningServer.basic(holder.clientId(), holder.secret()));
        assertThat(twice.status()).isEqualTo(400);
        Got post = server.form(
                "orders",
                "/oauth2/introspect",
                body + "&client_id=" + holder.clientId() + "&client_secret=" + holder.secret());
        assertThat(post.json().get("active").asBoolean()).isTrue();
        Got missing = server.form(
                "orders",
                "/oauth2/introspect",
                "x=y",
                "Authorization",
                RunningServer.basic(holder.clientId(), holder.secret()));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(server.call("orders", "GET", "/oauth2/introspect").status()).isEqualTo(405);
    }

    /// What ends or suspends a token ends it here too (GAUNTLET D06); what comes back comes back.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void theTokenIsJudgedAsByTheGateway(String api) {
        Customer audience = client(root(), "judge-" + api, role("judge-" + api, "gatehouse", "tokens:introspect"), "");
        Customer one = Customer.create(server, "judged-" + api, buyer);
        String token = server.mint(api, one, "things:read");
        String credential = "/v1/credentials/" + one.secretId();
        assertThat(ask(api, audience, token).json().get("active").asBoolean()).isTrue();
        for (String member : List.of(
                credential, "/v1/applications/" + one.application(), "/v1/organizations/" + one.organization())) {
            assertThat(server.admin("POST", member + "/suspend", "{}").status()).isEqualTo(200);
            assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
            assertThat(server.admin("POST", member + "/resume", "{}").status()).isEqualTo(200);
            assertThat(ask(api, audience, token).json().get("active").asBoolean())
                    .isTrue();
        }
        String role = "{\"role\":null}";
        assertThat(server.admin("PATCH", "/v1/applications/" + one.application(), role)
                        .status())
                .isEqualTo(200);
        assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
        role = "{\"role\":\"" + buyer + "\"}";
        assertThat(server.admin("PATCH", "/v1/applications/" + one.application(), role)
                        .status())
                .isEqualTo(200);
        assertThat(ask(api, audience, token).json().get("active").asBoolean()).isTrue();
        String elsewhere = "{\"addresses\":[\"192.0.2.0/24\"]}";
        assertThat(server.admin("PATCH", credential, elsewhere).status()).isEqualTo(200);
        assertThat(server.call(api, "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(ask(api, audience, token).json().get("active").asBoolean())
                .as("the holder's address is the call's business")
                .isTrue();
        assertThat(server.admin("POST", credential + "/cut", "{}").status()).isEqualTo(200);
        assertThat(ask(api, audience, token).text()).isEqualTo(INACTIVE);
    }

    @Test
    void theDocumentNamesTheEndpoint() {
        var document = server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                .json();
        assertThat(document.get("introspection_endpoint").asString())
                .isEqualTo(server.base("orders") + "/oauth2/introspect");
        assertThat(document.get("introspection_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"client_secret_basic\",\"client_secret_post\",\"private_key_jwt\",\"tls_client_auth\","
                        + "\"self_signed_tls_client_auth\"]");
    }

    /// The bootstrap key of a first start holds every admin scope, and may hand it out.
    @Test
    void theOwnerHoldsTheScope() {
        assertThat(server.admin("GET", "/v1/whoami", "").text()).contains("tokens:introspect");
    }
}
