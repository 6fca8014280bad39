package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/// Law 2 through HTTP: {organization, application, credential} x {hold, lift, cut, revoke, expire} and the loss
/// of a role (GAUNTLET D06, H09) x {mint; JWT, sealed token and API key at the gateway and behind another's
/// proxy; introspection; API key at the admin API}.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageMatrixTest {
    private static final String GRANT = "grant_type=client_credentials&scope=things%3Aread";

    /// Whom the verb is applied to.
    enum Member {
        ORGANIZATION("organizations"),
        APPLICATION("applications"),
        CREDENTIAL("credentials");

        private final String noun;

        Member(String noun) {
            this.noun = noun;
        }
    }

    /// What is done to the member.
    enum Verb {
        HOLD,
        CUT,
        REVOKE,
        EXPIRE
    }

    /// How the member is used.
    enum Use {
        MINT,
        JWT,
        SEALED,
        API_KEY,
        VERIFY_JWT,
        VERIFY_SEALED,
        VERIFY_API_KEY,
        INTROSPECT_JWT,
        INTROSPECT_SEALED,
        ADMIN;

        /// Is it by what was issued, not by the credential itself?
        boolean byToken() {
            return switch (this) {
                case JWT, SEALED, VERIFY_JWT, VERIFY_SEALED, INTROSPECT_JWT, INTROSPECT_SEALED -> true;
                case MINT, API_KEY, VERIFY_API_KEY, ADMIN -> false;
            };
        }
    }

    /// How an application loses what its role gave it.
    enum Demotion {
        ROLE_EMPTIED,
        ROLE_TAKEN
    }

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private Customer judge;
    private String role = "";
    private int number;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder, clock, "name: nginx, serves: verify, proxy: nginx, trusted-proxies: [127.0.0.1]");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        role = role("buyer");
        judge = Customer.of(
                server,
                Setup.root(server),
                "judge",
                Setup.role(server, "judge", List.of("tokens:introspect"), "gatehouse"));
    }

    private String role(String name) {
        String rights = "{\"orders\":[\"things:read\"],\"parcels\":[\"things:read\"],\"gatehouse\":[\"apps:read\"]}";
        return Customer.created(
                        server,
                        "/v1/organizations/" + Setup.root(server) + "/roles",
                        "{\"name\":\"" + name + "\",\"rights\":" + rights + "}")
                .get("id")
                .asString();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        for (Member member : Member.values()) {
            for (Verb verb : Verb.values()) {
                for (Use use : Use.values()) {
                    rows.add(Arguments.of(member, verb, use));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{1} of the {0} against {2}")
    @MethodSource("matrix")
    void everyVerbOnEveryAncestorStopsEveryUseAtOnce(Member member, Verb verb, Use use) {
        Customer customer = Customer.create(server, "customer" + number++, role);
        Attempt attempt = attempt(customer, use);
        assertThat(attempt.allowed()).as("before").isTrue();

        String id = id(customer, member, use);
        apply(member, verb, id);
        boolean stopsUse = verb != Verb.CUT || use.byToken();
        assertThat(attempt.allowed()).as("after").isEqualTo(!stopsUse);

        switch (verb) {
            case HOLD -> {
                post(member, id, "lift");
                assertThat(attempt.allowed()).as("lifted").isTrue();
            }
            case CUT ->
                assertThat(attempt(customer, use).allowed()).as("issued anew").isTrue();
            case REVOKE -> {
                assertThat(server.admin("POST", path(member, id) + "/lift", "{}")
                                .status())
                        .isEqualTo(409);
                assertThat(attempt.allowed()).as("for good").isFalse();
            }
            case EXPIRE -> {
                assertThat(server.admin("PATCH", path(member, id), "{\"expires_at\":null}")
                                .status())
                        .isEqualTo(200);
                assertThat(attempt.allowed()).as("extended").isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0} against {1}")
    @MethodSource("demotions")
    void whoLosesItsRoleLosesEveryUseAtOnceAndHasItBackWithTheRole(Demotion demotion, Use use) {
        String own = role("own" + number);
        Customer customer = Customer.create(server, "customer" + number++, own);
        Attempt attempt = attempt(customer, use);
        assertThat(attempt.allowed()).as("before").isTrue();
        String path =
                demotion == Demotion.ROLE_TAKEN ? path(Member.APPLICATION, customer.application()) : "/v1/roles/" + own;
        JsonNode before = server.admin("GET", path, "").json();

        done(server.admin("PATCH", path, demotion == Demotion.ROLE_TAKEN ? "{\"role\":null}" : "{\"rights\":{}}"));
        assertThat(attempt.allowed()).as("after").isFalse();

        done(server.admin(
                "PATCH",
                path,
                demotion == Demotion.ROLE_TAKEN
                        ? "{\"role\":\"" + own + "\"}"
                        : "{\"rights\":" + before.get("rights") + "}"));
        assertThat(attempt.allowed()).as("given back").isTrue();
    }

    private static Stream<Arguments> demotions() {
        return Stream.of(Demotion.values())
                .flatMap(demotion -> Stream.of(Use.values()).map(use -> Arguments.of(demotion, use)));
    }

    private void apply(Member member, Verb verb, String id) {
        switch (verb) {
            case HOLD, CUT, REVOKE -> post(member, id, verb.name().toLowerCase(Locale.ROOT));
            case EXPIRE -> {
                Instant end = clock.instant().plusSeconds(5);
                done(server.admin("PATCH", path(member, id), "{\"expires_at\":\"" + end + "\"}"));
                clock.advance(Duration.ofSeconds(5));
            }
        }
    }

    private void post(Member member, String id, String verb) {
        done(server.admin("POST", path(member, id) + "/" + verb, "{}"));
    }

    private static void done(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private static String path(Member member, String id) {
        return "/v1/" + member.noun + "/" + id;
    }

    private static String id(Customer customer, Member member, Use use) {
        return switch (member) {
            case ORGANIZATION -> customer.organization();
            case APPLICATION -> customer.application();
            case CREDENTIAL ->
                switch (use) {
                    case API_KEY, VERIFY_API_KEY, ADMIN -> customer.apiKeyId();
                    case MINT, JWT, SEALED, VERIFY_JWT, VERIFY_SEALED, INTROSPECT_JWT, INTROSPECT_SEALED ->
                        customer.secretId();
                };
        };
    }

    /// One way in, opened before the verb is applied and tried again after it.
    private interface Attempt {
        boolean allowed();
    }

    private Attempt attempt(Customer customer, Use use) {
        return switch (use) {
            case MINT -> () -> allowed(server.token("orders", customer, GRANT), 200, 400, 401);
            case JWT -> call("orders", mint("orders", customer));
            case SEALED -> call("parcels", mint("parcels", customer));
            case API_KEY -> call("orders", customer.apiKey());
            case VERIFY_JWT -> verify("orders", mint("orders", customer));
            case VERIFY_SEALED -> verify("parcels", mint("parcels", customer));
            case VERIFY_API_KEY -> verify("orders", customer.apiKey());
            case INTROSPECT_JWT -> introspect("orders", mint("orders", customer));
            case INTROSPECT_SEALED -> introspect("parcels", mint("parcels", customer));
            case ADMIN -> {
                Secret key = Secret.of(customer.apiKey());
                String path = path(Member.APPLICATION, customer.application());
                yield () -> allowed(server.admin(key, "GET", path, ""), 200, 401, 403);
            }
        };
    }

    private static boolean allowed(Got got, Integer... possible) {
        assertThat(got.status()).as(got.text()).isIn((Object[]) possible);
        return got.status() == 200;
    }

    private Attempt call(String api, String bearer) {
        return () -> allowed(server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer), 200, 401, 403);
    }

    /// As nginx asks for a call that came to it.
    private Attempt verify(String api, String bearer) {
        String[] headers = {
            "X-Original-Method", "GET",
            "X-Original-URI", "/things",
            "X-Forwarded-Host", api + ".example",
            "X-Forwarded-Proto", "https",
            "X-Forwarded-For", "203.0.113.9",
            "Authorization", "Bearer " + bearer
        };
        return () -> allowed(server.call("nginx", "GET", "/verify", headers), 200, 401, 403);
    }

    private Attempt introspect(String api, String token) {
        String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        String basic = RunningServer.basic(judge.clientId(), judge.secret());
        return () -> {
            Got got = server.form(api, "/oauth2/introspect", form, "Authorization", basic);
            done(got);
            return got.json().get("active").asBoolean()
                    && got.json().get("scope").asString().contains("things:read");
        };
    }

    private String mint(String api, Customer customer) {
        Got got = server.token(api, customer, GRANT);
        done(got);
        return got.json().get("access_token").asString();
    }
}
