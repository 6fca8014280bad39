package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every disabled ancestor against every path that a dialect has to a token, and what it opens; and against
/// renewal: the rows of GAUNTLET D06 and H09 for dialects.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialectMatrixTest {
    private static final String PAGE = "https://example.com";

    /// What is above a use.
    enum Ancestor {
        ORGANIZATION("organizations"),
        APPLICATION("applications"),
        CREDENTIAL("credentials");

        private final String noun;

        Ancestor(String noun) {
            this.noun = noun;
        }
    }

    /// What is done to it.
    enum Verb {
        HOLD,
        CUT,
        REVOKE,
        EXPIRE
    }

    /// A path of a dialect. What rests on a token ends with a cut; what is shown anew goes on.
    enum Use {
        INBENTA_ISSUE("inbenta", false),
        INBENTA_RENEW("inbenta", true),
        INBENTA_CALL("inbenta", true),
        INBENTA_APIS("inbenta", true),
        INBENTA_PAGE_ISSUE("inbenta", false),
        INBENTA_PAGE_RENEW("inbenta", true),
        INBENTA_PAGE_CALL("inbenta", true),
        NOMBA_ISSUE("nomba", false),
        NOMBA_CALL("nomba", true),
        SFS_ISSUE("sfs", false),
        SFS_CALL("sfs", true),
        SFS_DELEGATE("sfs", true),
        SFS_CALL_OF_CLIENT("sfs", true),
        INFOBIP_KEY("infobip", false),
        INFOBIP_KEY_IN_QUERY("infobip", false);

        private final String dialect;
        private final boolean byToken;

        Use(String dialect, boolean byToken) {
            this.dialect = dialect;
            this.byToken = byToken;
        }

        private boolean ofPage() {
            return name().contains("PAGE");
        }
    }

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String role = "";
    private int number;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                clock,
                "name: inbenta, serves: api",
                "name: nomba, serves: api",
                "name: sfs, serves: api",
                "name: infobip, serves: api");
        for (String dialect : List.of("inbenta", "nomba", "sfs", "infobip")) {
            Customer.created(server, "/v1/apis", """
                    {"name": "%1$s", "dialect": "%1$s", "issuer": "%2$s", "listener": "%1$s", "upstream": "%3$s",
                     "scopes": {"use": {"description": "Use it", "browser_safe": true},
                                "tokens:delegate": {"description": "Act for customers"}},
                     "routes": [{"methods": ["*"], "path": "/**", "any": ["use"]}]}
                    """.formatted(dialect, server.base(dialect), server.upstreamBase()));
        }
        role = Setup.role(server, "user", List.of("use", "tokens:delegate"), "inbenta", "nomba", "sfs", "infobip");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        for (Use use : Use.values()) {
            for (Ancestor ancestor : Ancestor.values()) {
                for (Verb verb : Verb.values()) {
                    rows.add(Arguments.of(use, ancestor, verb));
                }
            }
        }
        return rows.stream();
    }

    /// Who uses it: a customer with the credential that the use takes.
    private record Party(Customer customer, String credential, String secret) {
        String id(Ancestor ancestor) {
            return switch (ancestor) {
                case ORGANIZATION -> customer.organization();
                case APPLICATION -> customer.application();
                case CREDENTIAL -> credential;
            };
        }
    }

    private Party party(Use use) {
        Customer customer = Customer.create(server, "customer" + number++, role);
        Customer.created(
                server, "/v1/organizations/" + customer.organization() + "/customers", "{\"name\":\"client-1\"}");
        if (use.dialect.equals("infobip")) {
            return new Party(customer, customer.apiKeyId(), customer.apiKey());
        }
        if (use.ofPage()) {
            JsonNode key = Customer.created(
                    server,
                    "/v1/applications/" + customer.application() + "/credentials",
                    Pages.keyBody("inbenta", "use", PAGE));
            return new Party(
                    customer, key.get("id").asString(), key.get("secret").asString());
        }
        return new Party(customer, customer.secretId(), customer.secret());
    }

    @ParameterizedTest(name = "{2} of the {1} against {0}")
    @MethodSource("matrix")
    void everyVerbOnEveryAncestorStopsEveryUseAtOnce(Use use, Ancestor ancestor, Verb verb) {
        Party party = party(use);
        Attempt attempt = attempt(use, party);
        assertThat(attempt.allowed()).as("before").isTrue();
        String path = "/v1/" + ancestor.noun + "/" + party.id(ancestor);

        apply(path, verb);
        assertThat(attempt.allowed()).as("after").isEqualTo(verb == Verb.CUT && !use.byToken);

        switch (verb) {
            case HOLD -> {
                done(server.admin("POST", path + "/lift", "{}"));
                assertThat(attempt.allowed()).as("lifted").isTrue();
            }
            case CUT ->
                assertThat(attempt(use, party).allowed()).as("issued anew").isTrue();
            case REVOKE -> assertThat(attempt.allowed()).as("for good").isFalse();
            case EXPIRE -> {
                done(server.admin("PATCH", path, "{\"expires_at\":null}"));
                assertThat(attempt.allowed()).as("extended").isTrue();
            }
        }
    }

    private void apply(String path, Verb verb) {
        switch (verb) {
            case HOLD, CUT, REVOKE -> {
                Got got = server.admin("POST", path + "/" + verb.name().toLowerCase(Locale.ROOT), "{}");
                done(got);
                assertThat(got.json().has("receipt")).as(got.text()).isTrue();
            }
            case EXPIRE -> {
                Instant end = clock.instant().plusSeconds(5);
                done(server.admin("PATCH", path, "{\"expires_at\":\"" + end + "\"}"));
                clock.advance(Duration.ofSeconds(5));
            }
        }
    }

    private static void done(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// One path, opened before something is done and tried again after it.
    private interface Attempt {
        boolean allowed();
    }

    private Attempt attempt(Use use, Party party) {
        return switch (use) {
            case INBENTA_ISSUE, INBENTA_PAGE_ISSUE -> () -> passed(inbentaAuth(party, use));
            case INBENTA_RENEW, INBENTA_PAGE_RENEW -> inbenta(party, use, "POST", "/v1/refreshToken");
            case INBENTA_CALL, INBENTA_PAGE_CALL -> inbenta(party, use, "GET", "/prod/things");
            case INBENTA_APIS -> inbenta(party, use, "GET", "/v1/apis");
            case NOMBA_ISSUE -> () -> passed(nombaIssue(party));
            case NOMBA_CALL -> {
                String token = nombaIssue(party).json().at("/data/access_token").asString();
                yield () -> passed(server.call(
                        "nomba", "GET", "/v1/things", "Authorization", "Bearer " + token, "accountId", account(party)));
            }
            case SFS_ISSUE -> () -> passed(sfs("/api/token", platform(party)));
            case SFS_CALL -> sfs(sfsToken(party), "/api/things", "{}");
            case SFS_DELEGATE -> sfs(sfsToken(party), "/api/token", CLIENT);
            case SFS_CALL_OF_CLIENT -> {
                Got got = sfs("/api/token", CLIENT, "Authorization", "Bearer " + sfsToken(party));
                yield sfs(got.json().get("access_token").asString(), "/api/things", "{}");
            }
            case INFOBIP_KEY ->
                () -> passed(
                        server.call("infobip", "GET", "/account/1/balance", "Authorization", "App " + party.secret()));
            case INFOBIP_KEY_IN_QUERY ->
                () -> passed(server.call("infobip", "GET", "/account/1/balance?apiKey=" + party.secret()));
        };
    }

    private static boolean passed(Got got) {
        assertThat(got.status()).as(got.text()).isIn(200, 201, 400, 401, 403, 404);
        return got.status() < 300;
    }

    private Got inbentaAuth(Party party, Use use) {
        String proof = use.ofPage() ? "domain_key" : "secret";
        return server.send(
                "inbenta",
                "POST",
                "/v1/auth",
                "{\"" + proof + "\":\"" + party.secret() + "\"}",
                "x-inbenta-key",
                party.customer().clientId(),
                "Content-Type",
                "application/json",
                use.ofPage() ? "Origin" : "X-No-Origin",
                PAGE);
    }

    private Attempt inbenta(Party party, Use use, String method, String path) {
        Got got = inbentaAuth(party, use);
        done(got);
        String token = got.json().get("accessToken").asString();
        return () -> passed(server.send(
                "inbenta",
                method,
                path,
                "",
                "x-inbenta-key",
                party.customer().clientId(),
                "Authorization",
                "Bearer " + token,
                use.ofPage() ? "Origin" : "X-No-Origin",
                PAGE));
    }

    private static String account(Party party) {
        return party.customer().organization();
    }

    private Got nombaIssue(Party party) {
        return server.send(
                "nomba",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\""
                        + party.customer().clientId() + "\",\"client_secret\":\"" + party.secret() + "\"}",
                "accountId",
                account(party),
                "Content-Type",
                "application/json");
    }

    private static final String CLIENT = "{\"action\":\"create\",\"clientKey\":\"client-1\"}";

    private static String platform(Party party) {
        return "{\"action\":\"create\",\"apiKey\":\"" + party.customer().clientId() + "\",\"secret\":\""
                + party.secret() + "\"}";
    }

    private Got sfs(String path, String data, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/vnd.api+json"));
        all.addAll(List.of(headers));
        return server.send("sfs", "POST", path, "{\"data\":" + data + "}", all.toArray(String[]::new));
    }

    private String sfsToken(Party party) {
        Got got = sfs("/api/token", platform(party));
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json().get("access_token").asString();
    }

    private Attempt sfs(String token, String path, String data) {
        return () -> passed(sfs(path, data, "Authorization", "Bearer " + token));
    }
}
