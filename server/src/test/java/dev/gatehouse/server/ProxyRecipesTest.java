package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.server.ProxyProcess.Kind;
import dev.gatehouse.server.http.RawClient.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Behind the recipes the upstream sees calls that are allowed, with who calls (GAUNTLET K01, K02, K03, G04).
class ProxyRecipesTest extends ProxyFixture {
    private static final String EVIL = "evil-7c1f";

    private static final List<String> IDENTITY = List.of(
            "X-Gatehouse-Organization",
            "X-Gatehouse-Application",
            "X-Gatehouse-Credential",
            "X-Gatehouse-Client-Id",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Scope",
            "X-Gatehouse-Assertion");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theUpstreamSeesWhoCallsAndNotWithWhat(Kind kind) {
        Answer answer = call(
                kind, "POST /things?a=%2Fb&c", key(), "Content-Length: 5", "Cookie: a=b", "X-Yours: 2\r\n\r\nhello");
        JsonNode seen = passed(answer);
        assertThat(seen.get("method").asString()).isEqualTo("POST");
        assertThat(seen.get("path").asString()).isEqualTo("/things");
        assertThat(seen.get("query").asString()).isEqualTo("a=%2Fb&c");
        assertThat(seen.get("bodyBytes").asInt()).isEqualTo(5);
        assertThat(values(seen, "xgatehouseorganization")).containsExactly(customer.organization());
        assertThat(values(seen, "xgatehouseapplication")).containsExactly(customer.application());
        assertThat(values(seen, "xgatehousecredential")).containsExactly(customer.apiKeyId());
        assertThat(values(seen, "xgatehouseclientid")).containsExactly(customer.clientId());
        assertThat(values(seen, "xgatehousescope")).containsExactly("things:read things:write");
        assertThat(values(seen, "xgatehouseassertion"))
                .singleElement()
                .asString()
                .contains(".");
        assertThat(values(seen, "xrequestid")).singleElement().asString().matches("[0-9a-f]{16}");
        assertThat(values(seen, "xforwardedfor")).containsExactly("127.0.0.1");
        assertThat(values(seen, "xyours")).containsExactly("2");
        assertThat(values(seen, "authorization")).isEmpty();
        JsonNode byHeader = passed(call(kind, "GET /things", "X-Api-Key: " + customer.apiKey()));
        assertThat(byHeader.toString()).doesNotContain(customer.apiKey());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void identityHeadersOfTheCallerNeverArrive(Kind kind) {
        for (String path : List.of("/things", "/open/page")) {
            for (String name : IDENTITY) {
                for (String spelled : List.of(
                        name,
                        name.toLowerCase(Locale.ROOT),
                        name.replace('-', '_'),
                        name.replace('-', '.'),
                        name.replaceFirst("-", "_"))) {
                    String header = spelled + ": " + EVIL;
                    for (String[] way :
                            List.of(new String[] {header, key()}, new String[] {header, header, key()}, new String[] {
                                header, "Connection: " + spelled, key()
                            })) {
                        Answer answer = call(kind, "GET " + path, way);
                        assertThat(answer.body()).as("%s on %s", spelled, path).doesNotContain(EVIL);
                        JsonNode seen = passed(answer);
                        List<String> values = values(seen, Header.fold(name));
                        if (path.equals("/things") && !name.equals("X-Gatehouse-Customer")) {
                            assertThat(values).as("%s", spelled).hasSize(1).doesNotContain("");
                        } else {
                            assertThat(String.join("", values)).isEmpty();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsRefusedDoesNotArrive(Kind kind) {
        Answer unknown = call(kind, "GET /things");
        stopped(unknown, 401);
        assertThat(unknown.header("WWW-Authenticate")).startsWith("Bearer resource_metadata=\"");
        stopped(call(kind, "GET /things", "Authorization: Bearer x"), 401);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + "x".repeat(6000)), 401);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + "x".repeat(40_000)), 400, 401, 403, 431, 503);
        stopped(call(kind, "DELETE /things/1", key()), 403);
        stopped(call(kind, "GET /nothing", key()), 403);
        stopped(call(kind, "PUT /things", key(), "Content-Length: 0"), 403);
        stopped(call(kind, "GET /things", key(), "X-Api-Key: " + customer.apiKey()), 403);
        stopped(call(kind, "GET /things?access_token=" + customer.apiKey()), 403);
    }

    /// GAUNTLET G04: neither another name of a host nor another form of the request line leads to another policy.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void theHostThatDecidesIsTheOneOfTheUpstream(Kind kind) {
        String parcels = server.mint("parcels", customer, "things:read");
        for (String head : List.of(
                "GET /things HTTP/1.1\r\nHost: parcels.example",
                "GET /things HTTP/1.1\r\nHost: orders.example\r\nX-Forwarded-Host: parcels.example",
                "GET http://orders.example/things HTTP/1.1\r\nHost: parcels.example",
                "GET http://parcels.example/things HTTP/1.1\r\nHost: orders.example")) {
            Answer answer = send(port(kind), head + "\r\nAuthorization: Bearer " + parcels + "\r\n\r\n");
            assertThat(answer.body()).as(head).doesNotContain("bodyBytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void headersOfTheCallerDoNotChangeWhatIsDecided(Kind kind) {
        for (String header : List.of(
                "X-Original-URI: /open/page",
                "X-Original-URL: /open/page",
                "X-Original-Method: OPTIONS",
                "X-Forwarded-Uri: /open/page",
                "X-Forwarded-Method: OPTIONS",
                "X-Forwarded-Host: other.example",
                "X-Forwarded-Proto: https",
                "X-Rewrite-URL: /open/page",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Gatehouse-Verdict: open")) {
            stopped(call(kind, "GET /things", header), 401);
            stopped(call(kind, "DELETE /things/1", header, key()), 403);
            passed(call(kind, "GET /things", header, key()));
        }
    }

    /// GAUNTLET K03.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatTwoServersCouldReadDifferentlyDoesNotArrive(Kind kind) {
        for (String path : List.of(
                "/open/../things",
                "/open/..;/things",
                "/open/%2e%2e/things",
                "/open/%252e%252e/things",
                "//things",
                "/./things",
                "/open//page",
                "/open%2fpage",
                "/open/page;x=1",
                "/open/%5cthings",
                "/open%23/../things",
                "/open/%c0%af",
                "/oauth2/../things",
                "/_gatehouse",
                "/verify")) {
            stopped(call(kind, "GET " + path, key()), 400, 403, 404);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theClientIsWhoConnectsNotWhoItClaimsToBe(Kind kind) {
        String elsewhere = restricted("192.0.2.0/24");
        for (String name : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "X_Forwarded_For", "X-Client-IP")) {
            String claim = name + ": " + (name.equals("Forwarded") ? "for=192.0.2.7" : "192.0.2.7");
            stopped(call(kind, "GET /things", "Authorization: Bearer " + elsewhere, claim), 401);
        }
        String here = restricted("127.0.0.0/8");
        passed(call(kind, "GET /things", "Authorization: Bearer " + here, "X-Forwarded-For: 192.0.2.7"));
    }

    private String restricted(String block) {
        return Customer.created(
                        server,
                        "/v1/applications/" + customer.application() + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"from\",\"scopes\":\"role\",\"addresses\":[\"" + block
                                + "\"]}")
                .get("secret")
                .asString();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tokensComeFromTheSameHostAndEndAtOnce(Kind kind) {
        Customer other = Customer.create(
                server, "other-" + kind.program(), Setup.role(server, "role-" + kind.program(), "orders"));
        String form = "grant_type=client_credentials";
        Answer issued = call(
                kind,
                "POST /oauth2/token",
                "Authorization: " + RunningServer.basic(other.clientId(), other.secret()),
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length() + "\r\n\r\n" + form);
        String token = passed(issued).get("access_token").asString();
        passed(call(kind, "GET /things", "Authorization: Bearer " + token));
        assertThat(server.admin("POST", "/v1/organizations/" + other.organization() + "/hold", "{}")
                        .status())
                .isEqualTo(200);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + token), 401);
    }
}
