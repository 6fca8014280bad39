package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Limits where other proxies ask, where services ask about tokens, and on the keys of pages.
class LimitsElsewhereTest extends LimitsFixture {
    private static final String PAGE = "https://example.com";

    @Override
    String[] listeners() {
        return new String[] {"name: verify, serves: verify, proxy: caddy, trusted-proxies: [127.0.0.1]"};
    }

    private Answer ask(String from, String path, String credential, String... more) {
        String head = """
                GET /verify HTTP/1.1
                Host: gatehouse
                X-Forwarded-Method: GET
                X-Forwarded-Uri: %s
                X-Forwarded-Host: orders.example
                X-Forwarded-Proto: https
                X-Forwarded-For: %s
                Authorization: Bearer %s
                """.formatted(path, from, credential);
        String rest = more.length == 0 ? "" : String.join("\n", more) + "\n";
        return server.rawText("verify", (head + rest + "\n").replace("\n", "\r\n"), false);
    }

    /// Proxies understand 503; that it is a limit is in the code, and when to try again in `Retry-After`.
    @Test
    void aProxyIsToldOfLimitsThatTheGatewayCountsToo() {
        limit("\"credential\":" + times(3));
        assertThat(call("/things").status()).isEqualTo(200);
        Answer passed = ask("203.0.113.9", "/things", customer.apiKey());
        assertThat(passed.status()).as(passed.body()).isEqualTo(200);
        assertThat(passed.header("RateLimit")).startsWith("\"credential\";r=1;");
        pass(1, "/things");
        Answer over = ask("203.0.113.9", "/things", customer.apiKey());
        assertThat(over.status()).isEqualTo(503);
        assertThat(over.body()).contains("\"code\":\"too_many_requests\"");
        assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(3000, 3600);
    }

    /// An address is who called the proxy; an IPv6 network of 64 bits is one.
    @Test
    void addressesCountApart() {
        limit("\"address\":" + times(1));
        for (String from : List.of("203.0.113.9", "203.0.113.10", "2001:db8:1:1::1", "2001:db8:1:2::1")) {
            assertThat(ask(from, "/things", customer.apiKey()).status())
                    .as(from)
                    .isEqualTo(200);
            assertThat(ask(from, "/things", customer.apiKey()).status())
                    .as(from)
                    .isEqualTo(503);
        }
        assertThat(ask("2001:db8:1:1:ffff::2", "/things", customer.apiKey()).status())
                .isEqualTo(503);
        assertThat(call("/things").status()).isEqualTo(200);
    }

    /// GAUNTLET I07: what an Api says of each domain key is for all of its visitors together, and for no other
    /// credential.
    @Test
    void anApiBoundsEachDomainKeyAltogether() {
        limit("\"domain_key\":" + times(3));
        JsonNode key = Pages.key(server, customer, "orders", PAGE);
        JsonNode other = Pages.key(server, customer, "orders", PAGE);
        String token = server.token("orders", Pages.exchange(key.get("secret").asString()), "Origin", PAGE)
                .json()
                .get("access_token")
                .asString();
        for (String from : List.of("203.0.113.9", "203.0.113.10")) {
            assertThat(ask(from, "/things", token, "Origin: " + PAGE).status())
                    .as(from)
                    .isEqualTo(200);
        }
        Answer over = ask("203.0.113.11", "/things", token, "Origin: " + PAGE);
        assertThat(over.status()).as(over.body()).isEqualTo(503);
        assertThat(over.header("RateLimit")).startsWith("\"domain_key\";r=0;");
        assertThat(server.token("orders", Pages.exchange(other.get("secret").asString()), "Origin", PAGE)
                        .status())
                .as("another key")
                .isEqualTo(200);
        assertThat(ask("203.0.113.9", "/things", customer.apiKey()).status()).isEqualTo(200);
    }

    /// GAUNTLET I07: who calls with a domain key that it read in a page uses up its own quota and nobody else's,
    /// until the key's own is used up.
    @Test
    void visitorsOfAPageCountApartAndTogether() {
        JsonNode key = Pages.key(server, customer, "orders", PAGE);
        String token = server.token("orders", Pages.exchange(key.get("secret").asString()), "Origin", PAGE)
                .json()
                .get("access_token")
                .asString();
        limit("\"credential\":" + times(2));
        for (String from : List.of("203.0.113.9", "203.0.113.10")) {
            for (int i = 0; i < 2; i++) {
                assertThat(ask(from, "/things", token, "Origin: " + PAGE).status())
                        .as(from)
                        .isEqualTo(200);
            }
            assertThat(ask(from, "/things", token, "Origin: " + PAGE).status())
                    .as(from)
                    .isEqualTo(503);
        }
        limitKey(key.get("id").asString(), times(1));
        assertThat(ask("203.0.113.11", "/things", token, "Origin: " + PAGE).status())
                .isEqualTo(200);
        assertThat(ask("203.0.113.12", "/things", token, "Origin: " + PAGE).status())
                .isEqualTo(503);
    }

    private Got introspect(Customer who, String token) {
        return server.form(
                "orders",
                "/oauth2/introspect",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(who.clientId(), who.secret()));
    }

    @Test
    void whoAsksAboutTokensIsChargedAndNeverWhomItAsksAbout() {
        limit("\"credential\":" + times(3));
        Customer asking =
                Customer.of(server, customer.organization(), "asking", Setup.role(server, "asking", "orders"));
        String own = server.mint("orders", asking, "things:read");
        String token = server.mint("orders", customer, "things:read");
        assertThat(introspect(asking, own).json().get("active").asBoolean()).isTrue();
        Got stranger = introspect(asking, token);
        assertThat(stranger.text()).isEqualTo("{\"active\":false}");
        assertThat(stranger.header("RateLimit")).startsWith("\"credential\";r=0;");
        tooMany(introspect(asking, own));
        for (int i = 0; i < 2; i++) {
            assertThat(call("GET", "/things", token).status()).isEqualTo(200);
        }
        tooMany(call("GET", "/things", token));
    }

    /// A service of the provider's asks for all customers from one address, with one credential.
    @Test
    void theProvidersOwnServicesAskAsOftenAsTheirCredentialSays() {
        String role = Setup.role(server, "services", List.of("tokens:introspect"), "gatehouse");
        Customer service = Customer.of(server, Setup.root(server), "service", role);
        String token = server.mint("orders", customer, "things:read");
        limit("\"credential\":" + times(1) + ",\"address\":" + times(1));
        for (int i = 0; i < 5; i++) {
            Got got = introspect(service, token);
            assertThat(got.json().get("active").asBoolean()).isTrue();
            assertThat(got.header("RateLimit")).isEmpty();
        }
        limitKey(service.secretId(), times(2));
        for (int i = 0; i < 2; i++) {
            assertThat(introspect(service, token).status()).isEqualTo(200);
        }
        tooMany(introspect(service, token));
    }

    @Test
    void aTokenCanBeEndedWhateverTheLimits() {
        String token = server.mint("orders", customer, "things:read");
        limit("\"credential\":" + times(1) + ",\"address\":" + times(1));
        pass(1, "/things");
        Got revoked = server.form(
                "orders",
                "/oauth2/revoke",
                "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    }
}
