package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Every disabled ancestor of a customer's token against every path that takes one: the rows of GAUNTLET D06, H08
/// and H09 for customers and exchanged tokens. The customer belongs to an organization below the application's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelegationMatrixTest {
    private static final String EXCHANGE =
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&scope=things%3Aread";
    private static final String OF_CUSTOMER = "&subject_token_type=urn%3Agatehouse%3Atoken-type%3Acustomer";
    private static final String OF_TOKEN =
            "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";

    /// What is above the token, or above what it came from.
    enum Ancestor {
        ORGANIZATION("organizations"),
        HOME_OF_CUSTOMER("organizations"),
        APPLICATION("applications"),
        CREDENTIAL("credentials"),
        CUSTOMER("customers");

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

    /// A path that takes a customer, or a token that acts for one.
    enum Use {
        DELEGATE,
        EXCHANGE,
        CALL,
        CALL_EXCHANGED,
        INTROSPECT
    }

    /// Who acts for whom.
    private record Parties(Customer actor, String home, String customer) {
        String id(Ancestor ancestor) {
            return switch (ancestor) {
                case ORGANIZATION -> actor.organization();
                case HOME_OF_CUSTOMER -> home;
                case APPLICATION -> actor.application();
                case CREDENTIAL -> actor.secretId();
                case CUSTOMER -> customer;
            };
        }
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
        server = RunningServer.start(folder, clock);
        Setup.delegatingApi(server, "orders", "jwt");
        Setup.delegatingApi(server, "parcels", "sealed");
        role = Setup.role(
                server, "delegate", List.of("things:read", "things:write", "tokens:delegate"), "orders", "parcels");
        judge = Customer.of(server, Setup.root(server), "judge", introspector());
    }

    private String introspector() {
        return Setup.role(server, "judge", List.of("tokens:introspect"), "gatehouse");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        for (String api : List.of("orders", "parcels")) {
            for (Ancestor ancestor : Ancestor.values()) {
                for (Verb verb : Verb.values()) {
                    for (Use use : Use.values()) {
                        rows.add(Arguments.of(api, ancestor, verb, use));
                    }
                }
            }
        }
        return rows.stream();
    }

    private Parties parties() {
        int mark = number++;
        Customer actor = Customer.create(server, "actor" + mark, role);
        String home = created("/v1/organizations", "{\"name\":\"home\",\"parent\":\"" + actor.organization() + "\"}");
        return new Parties(actor, home, created("/v1/organizations/" + home + "/customers", "{\"name\":\"4711\"}"));
    }

    private String created(String path, String body) {
        return Customer.created(server, path, body).get("id").asString();
    }

    @ParameterizedTest(name = "{2} of the {1} against {3} at {0}")
    @MethodSource("matrix")
    void everyVerbOnEveryAncestorStopsEveryUseAtOnce(String api, Ancestor ancestor, Verb verb, Use use) {
        Parties parties = parties();
        Attempt attempt = attempt(api, parties, use);
        assertThat(attempt.allowed()).as("before").isTrue();
        String path = "/v1/" + ancestor.noun + "/" + parties.id(ancestor);

        apply(path, verb);
        // A cut ends what was issued; the customer stays, and a new token is to be had.
        assertThat(attempt.allowed()).as("after").isEqualTo(verb == Verb.CUT && use == Use.DELEGATE);

        switch (verb) {
            case HOLD -> {
                done(server.admin("POST", path + "/lift", "{}"));
                assertThat(attempt.allowed()).as("lifted").isTrue();
            }
            case CUT ->
                assertThat(attempt(api, parties, use).allowed())
                        .as("issued anew")
                        .isTrue();
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

    /// The token that an exchanged one came from is one of its ancestors.
    @ParameterizedTest
    @MethodSource("apisAndUses")
    void revokingTheSubjectTokenEndsWhatCameFromIt(String api, Use use) {
        Parties parties = parties();
        String first = token(delegated(api, parties));
        String second = token(exchanged(api, parties, first));
        String third = token(exchanged(api, parties, second));
        Attempt attempt = attempt(api, parties, use, third);
        assertThat(attempt.allowed()).as("before").isTrue();
        done(server.form(api, "/oauth2/revoke", "token=" + encode(first), "Authorization", basic(parties.actor())));
        assertThat(attempt.allowed()).as("after").isEqualTo(use == Use.DELEGATE);
    }

    /// GAUNTLET H09: the application is demoted.
    @ParameterizedTest
    @MethodSource("apisAndUses")
    void takingTheRightToDelegateEndsWhatIsDoneWithIt(String api, Use use) {
        String own = Setup.role(server, "mine" + number, List.of("things:read", "tokens:delegate"), api);
        Customer actor = Customer.create(server, "actor" + number++, own);
        String customer = created("/v1/organizations/" + actor.organization() + "/customers", "{\"name\":\"x\"}");
        Attempt attempt = attempt(api, new Parties(actor, actor.organization(), customer), use);
        assertThat(attempt.allowed()).as("before").isTrue();
        done(server.admin("PATCH", "/v1/roles/" + own, "{\"rights\":{\"" + api + "\":[\"things:read\"]}}"));
        assertThat(attempt.allowed()).as("after").isFalse();
        assertThat(server.token(api, actor, "grant_type=client_credentials").status())
                .as("itself")
                .isEqualTo(200);
    }

    private static Stream<Arguments> apisAndUses() {
        return Stream.of("orders", "parcels")
                .flatMap(api -> Stream.of(Use.values()).map(use -> Arguments.of(api, use)));
    }

    /// One path, opened before something is done and tried again after it.
    private interface Attempt {
        boolean allowed();
    }

    private Attempt attempt(String api, Parties parties, Use use) {
        return attempt(api, parties, use, token(delegated(api, parties)));
    }

    private Attempt attempt(String api, Parties parties, Use use, String token) {
        return switch (use) {
            case DELEGATE -> () -> minted(delegated(api, parties));
            case EXCHANGE -> () -> minted(exchanged(api, parties, token));
            case CALL -> call(api, token);
            case CALL_EXCHANGED -> call(api, token(exchanged(api, parties, token)));
            case INTROSPECT -> () -> active(api, token);
        };
    }

    private static boolean minted(Got got) {
        assertThat(got.status()).as(got.text()).isIn(200, 400, 401);
        return got.status() == 200;
    }

    private Attempt call(String api, String bearer) {
        return () -> {
            Got got = server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer);
            assertThat(got.status()).as(got.text()).isIn(200, 401);
            return got.status() == 200;
        };
    }

    private boolean active(String api, String token) {
        Got got = server.form(api, "/oauth2/introspect", "token=" + encode(token), "Authorization", basic(judge));
        done(got);
        boolean active = got.json().get("active").asBoolean();
        assertThat(active || got.text().equals("{\"active\":false}"))
                .as(got.text())
                .isTrue();
        return active;
    }

    private Got delegated(String api, Parties parties) {
        return server.token(api, parties.actor(), EXCHANGE + OF_CUSTOMER + "&subject_token=" + parties.customer());
    }

    private Got exchanged(String api, Parties parties, String token) {
        return server.token(api, parties.actor(), EXCHANGE + OF_TOKEN + "&subject_token=" + encode(token));
    }

    private static String token(Got got) {
        done(got);
        return got.json().get("access_token").asString();
    }

    private static String basic(Customer client) {
        return RunningServer.basic(client.clientId(), client.secret());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
