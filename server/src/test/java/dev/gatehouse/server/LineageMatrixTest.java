package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

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

/// Law 2 through HTTP: {organization, application, credential} x {hold, lift, cut, revoke, expire} x {mint, JWT, sealed
/// token, API key at the gateway}.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageMatrixTest {
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
        API_KEY
    }

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private String role = "";
    private int number;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        role = Setup.role(server, "buyer", "orders", "parcels");
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
        boolean stopsUse = verb != Verb.CUT || use == Use.JWT || use == Use.SEALED;
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

    private void apply(Member member, Verb verb, String id) {
        switch (verb) {
            case HOLD, CUT, REVOKE -> post(member, id, verb.name().toLowerCase(Locale.ROOT));
            case EXPIRE -> {
                Instant end = clock.instant().plusSeconds(5);
                RunningServer.Got got = server.admin("PATCH", path(member, id), "{\"expires_at\":\"" + end + "\"}");
                assertThat(got.status()).as(got.text()).isEqualTo(200);
                clock.advance(Duration.ofSeconds(5));
            }
        }
    }

    private void post(Member member, String id, String verb) {
        RunningServer.Got got = server.admin("POST", path(member, id) + "/" + verb, "{}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private static String path(Member member, String id) {
        return "/v1/" + member.noun + "/" + id;
    }

    private static String id(Customer customer, Member member, Use use) {
        return switch (member) {
            case ORGANIZATION -> customer.organization();
            case APPLICATION -> customer.application();
            case CREDENTIAL -> use == Use.API_KEY ? customer.apiKeyId() : customer.secretId();
        };
    }

    /// One way in, opened before the verb is applied and tried again after it.
    private interface Attempt {
        boolean allowed();
    }

    private Attempt attempt(Customer customer, Use use) {
        return switch (use) {
            case MINT ->
                () -> server.token("orders", customer, "grant_type=client_credentials")
                                .status()
                        == 200;
            case JWT -> call("orders", mint("orders", customer));
            case SEALED -> call("parcels", mint("parcels", customer));
            case API_KEY -> call("orders", customer.apiKey());
        };
    }

    private Attempt call(String api, String bearer) {
        return () -> {
            int status = server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer)
                    .status();
            assertThat(status).isIn(200, 401);
            return status == 200;
        };
    }

    private String mint(String api, Customer customer) {
        RunningServer.Got got = server.token(api, customer, "grant_type=client_credentials&scope=things%3Aread");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }
}
