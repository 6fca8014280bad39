package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.http.RawClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What `/verify` answers a proxy: a clear yes, and whatever is none stops the call (GAUNTLET K09, G04).
class VerifyTest extends VerifyFixture {
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anAllowedCallIs200WithWhoCalls(Dialect dialect) {
        Answer answer = ask(dialect, "GET", "/things?a=b", key());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("X-Gatehouse-Organization")).isEqualTo(customer.organization());
        assertThat(answer.header("X-Gatehouse-Application")).isEqualTo(customer.application());
        assertThat(answer.header("X-Gatehouse-Credential")).isEqualTo(customer.apiKeyId());
        assertThat(answer.header("X-Gatehouse-Client-Id")).isEqualTo(customer.clientId());
        assertThat(answer.header("X-Gatehouse-Scope")).isEqualTo("things:read things:write");
        assertThat(answer.header("X-Gatehouse-Assertion")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        whole(answer);
        Answer byHeader = ask(dialect, "POST", "/things", "X-Api-Key: " + customer.apiKey());
        assertThat(byHeader.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anOpenCallIs200WithEmptyHeadersThatOverwriteWhatTheCallerSent(Dialect dialect) {
        Answer answer = ask(dialect, "DELETE", "/open/page", "X-Gatehouse-Client-Id: evil", key());
        assertThat(answer.status()).isEqualTo(200);
        for (String name : IDENTITY) {
            assertThat(answer.headers()).contains(name + ": ");
        }
        whole(answer);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void withoutAClearYesThereIsADenial(Dialect dialect) {
        denied(ask(dialect, "GET", "/things"), 401, "unauthenticated");
        assertThat(ask(dialect, "GET", "/things").header("WWW-Authenticate")).startsWith("Bearer resource_metadata=\"");
        for (String garbage : List.of(
                "Authorization: Bearer x",
                "Authorization: Bearer " + "x".repeat(8000),
                "Authorization: Bearer ",
                "Authorization: ",
                "Authorization: Basic e30=",
                "X-Api-Key: \u00ff\u00fe",
                "X-Api-Key: " + customer.secret())) {
            denied(ask(dialect, "GET", "/things", garbage), 401, "invalid_token");
        }
        denied(ask(dialect, "DELETE", "/things/1", key()), 403, "insufficient_scope");
        denied(ask(dialect, "GET", "/nothing", key()), 403, "not_found");
        denied(ask(dialect, "GET", "/oauth2/token", key()), 403, "not_found");
        denied(ask(dialect, "PUT", "/things", key()), 403, "method_not_allowed");
        denied(ask(dialect, "GET", "/things", key(), "X-Api-Key: " + customer.apiKey()), 403, "invalid_request");
        denied(ask(dialect, "GET", "/things", key(), key()), 403, "invalid_request");
        denied(ask(dialect, "GET", "/things", "Cookie: " + "x".repeat(20_000)), 403, "too_large");
        for (String host : List.of("nobody.example", "orders.example:8443", "gatehouse", "127.0.0.1", "localhost")) {
            denied(
                    ask(dialect, dialect.text("GET", "/things", host, "203.0.113.9", List.of(key()))),
                    403,
                    "misdirected");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void hostsAreComparedWithoutCaseAndWithoutThePortOfTheScheme(Dialect dialect) {
        for (String host : List.of("ORDERS.example", "orders.example:443")) {
            assertThat(ask(dialect, dialect.text("GET", "/things", host, "203.0.113.9", List.of(key())))
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMethodThatIsNotServedIsDenied(Dialect dialect) {
        for (String method : List.of("TRACE", "CONNECT", "PRI", "get", "G%45T", "GET,POST")) {
            Answer answer = ask(dialect, method, "/open/page", key());
            assertThat(answer.status()).as(method).isEqualTo(403);
        }
    }

    @Test
    void onlyVerifyIsServed() {
        String good = Dialect.CADDY.text("GET", "/things", "orders.example", "203.0.113.9", List.of(key()));
        for (String path :
                List.of("/", "/verify/", "/verify/things", "/Verify", "/v1/whoami", "/oauth2/token", "/livez")) {
            denied(ask(Dialect.CADDY, good.replace("/verify", path)), 403, "not_found");
        }
        denied(ask(Dialect.CADDY, good.replace("GET /verify", "POST /verify")), 403, "method_not_allowed");
        assertThat(ask(Dialect.CADDY, good.replace("/verify", "/verify?access_token=x"))
                        .status())
                .isEqualTo(200);
        for (String path : List.of("/verify", "/verifyopen/page", "/open/page", "/")) {
            denied(
                    ask(
                            Dialect.ENVOY,
                            "GET " + path + " HTTP/1.1\r\nHost: orders.example\r\nX-Forwarded-Proto: https\r\n"
                                    + "X-Forwarded-For: 203.0.113.9\r\n\r\n"),
                    403,
                    "not_found");
        }
    }

    /// GAUNTLET G04: the verdict on one route or host says nothing about another.
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void oneTokenIsDecidedAnewOnEveryRouteAndHost(Dialect dialect) {
        String token = "Authorization: Bearer " + server.mint("orders", customer, "things:read");
        for (int round = 0; round < 3; round++) {
            assertThat(ask(dialect, "GET", "/things", token).status()).isEqualTo(200);
            denied(ask(dialect, "POST", "/things", token), 403, "insufficient_scope");
            String elsewhere = dialect.text("GET", "/things", "parcels.example", "203.0.113.9", List.of(token));
            denied(ask(dialect, elsewhere), 401, "invalid_token");
        }
    }

    @Test
    void verdictsAreCountedAndRefusalsLeaveAnEvent() {
        double before = allowed();
        assertThat(ask(Dialect.NGINX, "GET", "/things", key()).status()).isEqualTo(200);
        assertThat(allowed()).isEqualTo(before + 1);
        ask(Dialect.NGINX, "GET", "/nothing", key());
        assertThat(server.ops("/metrics").text())
                .contains("gatehouse_decisions_total{api=\"orders\",outcome=\"not_found\"}")
                .contains("listener=\"nginx\"");
    }
}
