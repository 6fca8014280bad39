package dev.gatehouse.server;

import static dev.gatehouse.server.ExchangeWorld.encode;
import static dev.gatehouse.server.ExchangeWorld.refused;
import static dev.gatehouse.server.ExchangeWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything above a token that came by exchange stops it at once: what is above the subject, what is above the
/// client that exchanged it, and the tokens that it came from (GAUNTLET D06, G02, H09).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeMatrixTest {
    /// What is above the token.
    enum Ancestor {
        SUBJECTS_ORGANIZATION("organizations"),
        SUBJECT("applications"),
        SUBJECTS_CREDENTIAL("credentials"),
        CLIENTS_ORGANIZATION("organizations"),
        CLIENT("applications"),
        CLIENTS_CREDENTIAL("credentials");

        private final String noun;

        Ancestor(String noun) {
            this.noun = noun;
        }

        String path(Customer subject, Customer client) {
            return "/v1/" + noun + "/"
                    + switch (this) {
                        case SUBJECTS_ORGANIZATION -> subject.organization();
                        case SUBJECT -> subject.application();
                        case SUBJECTS_CREDENTIAL -> subject.secretId();
                        case CLIENTS_ORGANIZATION -> client.organization();
                        case CLIENT -> client.application();
                        case CLIENTS_CREDENTIAL -> client.secretId();
                    };
        }
    }

    /// What is done to it.
    enum Verb {
        HOLD,
        CUT,
        REVOKE
    }

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private ExchangeWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new ExchangeWorld(folder, clock);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        for (String api : List.of("orders", "parcels")) {
            for (boolean acting : List.of(true, false)) {
                for (Ancestor ancestor : Ancestor.values()) {
                    for (Verb verb : Verb.values()) {
                        rows.add(Arguments.of(api, acting, ancestor, verb));
                    }
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{3} of {2} at {0}, acting {1}")
    @MethodSource("matrix")
    void everyVerbOnEveryAncestorStopsTheTokenAtOnce(String api, boolean acting, Ancestor ancestor, Verb verb) {
        String above = world.organization();
        Customer subject = world.subject(world.organization(above));
        Customer client = acting ? world.actor(above) : world.standIn(above);
        Customer next = world.actor(Setup.root(world.server));
        Customer other = world.subject(Setup.root(world.server));
        String own = world.own(api, subject);
        String token = token(world.exchanged(api, client, own, ""));
        String passed = token(world.exchanged(api, next, token, ""));
        assertThat(world.call(api, token)).isEqualTo(200);
        assertThat(world.call(api, passed)).isEqualTo(200);
        String path = ancestor.path(subject, client);

        world.done("POST", path + "/" + verb.name().toLowerCase(Locale.ROOT), "{}");

        assertThat(world.call(api, token)).isEqualTo(401);
        assertThat(world.call(api, passed)).isEqualTo(401);
        refused(world.exchanged(api, next, token, ""), "invalid_request");
        refused(world.exchanged(api, next, passed, ""), "invalid_request");
        assertThat(world.exchanged(api, client, token, "").status()).isIn(400, 401);
        String acted = ExchangeWorld.acted(token);
        assertThat(world.exchanged(api, client, world.own(api, other), acted).status())
                .isIn(400, 401);
        assertThat(world.introspected(api, next, passed).text()).isEqualTo("{\"active\":false}");
        if (verb == Verb.HOLD) {
            world.done("POST", path + "/lift", "{}");
            assertThat(world.call(api, token)).isEqualTo(200);
            assertThat(world.call(api, passed)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void revokingTheTokensThatItCameFromEndsIt(String api) {
        String above = world.organization();
        Customer subject = world.subject(above);
        Customer client = world.actor(above);
        for (boolean actors : List.of(false, true)) {
            String own = world.own(api, subject);
            String acting = world.own(api, client);
            String token = token(world.exchanged(api, client, own, ExchangeWorld.acted(acting)));
            assertThat(world.call(api, token)).isEqualTo(200);
            Customer by = actors ? client : subject;
            world.server.form(
                    api,
                    "/oauth2/revoke",
                    "token=" + encode(actors ? acting : own),
                    "Authorization",
                    RunningServer.basic(by.clientId(), by.secret()));
            assertThat(world.call(api, token)).isEqualTo(401);
        }
    }

    /// Law 2 of an actor's token as of the subject's: what it came from is above what was had with it.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void revokingWhatTheActorsTokenCameFromEndsIt(String api) {
        String above = world.organization();
        Customer client = world.actor(above);
        String first = world.own(api, client);
        String second = token(world.exchanged(api, client, first, ""));
        String own = world.own(api, world.subject(above));
        String token = token(world.exchanged(api, client, own, ExchangeWorld.acted(second)));
        assertThat(world.call(api, token)).isEqualTo(200);
        world.server.form(
                api,
                "/oauth2/revoke",
                "token=" + encode(first),
                "Authorization",
                RunningServer.basic(client.clientId(), client.secret()));
        assertThat(world.call(api, token)).isEqualTo(401);
        assertThat(world.introspected(api, client, token).text()).isEqualTo("{\"active\":false}");
    }

    /// GAUNTLET H09: the right is asked for at every use.
    @ParameterizedTest
    @ValueSource(strings = {"tokens:exchange", "tokens:impersonate"})
    void takingTheRightEndsWhatWasHadByIt(String right) {
        String above = world.organization();
        Customer subject = world.subject(above);
        String role =
                Setup.role(world.server, "taken-" + right.replace(':', '-'), List.of("things:read", right), "orders");
        Customer client = Customer.of(world.server, above, "client", role);
        String token = token(world.exchanged("orders", client, world.own("orders", subject), ""));
        assertThat(world.call("orders", token)).isEqualTo(200);
        world.done("PATCH", "/v1/roles/" + role, "{\"rights\":{\"orders\":[\"things:read\"]}}");
        assertThat(world.call("orders", token)).isEqualTo(401);
        refused(world.exchanged("orders", client, world.own("orders", subject), ""), "invalid_request");
    }

    /// What a user granted an application, passed on: the user's things end it, each.
    @Test
    void whatIsAboveAUsersTokenEndsWhatIsExchangedForIt() throws IOException {
        Customer client = world.actor(Setup.root(world.server));
        String role = Setup.role(world.server, "people", "orders");
        try (Landing app = Landing.open(world.server)) {
            for (String end : List.of("user", "everywhere", "token", "application")) {
                Person person = Person.create(world.server, "user-" + end, Optional.of(role));
                String own = signedIn(app, person);
                String token = token(world.exchanged("orders", client, own, ""));
                assertThat(world.call("orders", token)).isEqualTo(200);
                switch (end) {
                    case "user" -> world.done("POST", "/v1/users/" + person.id() + "/hold", "{}");
                    case "everywhere" -> world.done("POST", "/v1/users/" + person.id() + "/cut", "{}");
                    case "application" -> world.done("POST", "/v1/applications/" + app.application() + "/hold", "{}");
                    default ->
                        world.server.form(
                                "orders", "/oauth2/revoke", "token=" + encode(own) + "&client_id=" + app.clientId());
                }
                assertThat(world.call("orders", token)).as(end).isEqualTo(401);
            }
        }
    }

    private String signedIn(Landing app, Person person) {
        Reader reader = new Reader(world.server, "orders");
        reader.open(app.request("things:read", ""));
        reader.send("/oauth2/sign-in", "username", person.username(), "password", person.password());
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        return token(app.redeem(app.answer(reader.onwards()).get("code")));
    }
}
