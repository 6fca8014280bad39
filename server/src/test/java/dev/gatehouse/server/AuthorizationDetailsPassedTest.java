package dev.gatehouse.server;

import static dev.gatehouse.server.ExchangeWorld.refused;
import static dev.gatehouse.server.ExchangeWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Authorization details (RFC 9396) of tokens that are passed on (RFC 8693), by both formats.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationDetailsPassedTest {
    private static final String ERROR = "invalid_authorization_details";

    @TempDir
    static Path folder;

    private ExchangeWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new ExchangeWorld(folder, new TestClock());
        Payments.at(world.server, "orders");
        Payments.at(world.server, "parcels");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private String own(String api, Customer client) {
        return token(world.server.token(
                api, client, "grant_type=client_credentials&scope=things%3Aread" + Payments.asked("Shop")));
    }

    private int pay(String api, String token) {
        return Payments.pay(world.server, api, token).status();
    }

    /// Whoever gets the token may do what the subject may, and no more.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whatIsPassedOnIsWhatTheSubjectHas(String api) {
        String organization = world.organization();
        Customer subject = world.subject(organization);
        Customer actor = world.actor(organization);
        String had = own(api, subject);
        String passed = token(world.exchanged(api, actor, had, ""));
        assertThat(pay(api, passed)).isEqualTo(200);
        assertThat(token(world.exchanged(api, actor, had, Payments.asked("Shop"))))
                .isNotEmpty();
        refused(world.exchanged(api, actor, had, Payments.asked("Other")), ERROR);
        refused(world.exchanged(api, actor, world.own(api, subject), Payments.asked("Shop")), ERROR);
    }

    /// Law 2: each client that has the token counts.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whatOneOfThemIsNotForNobodyHas(String api) {
        String organization = world.organization();
        Customer actor = world.actor(organization);
        String had = own(api, world.subject(organization));
        String passed = token(world.exchanged(api, actor, had, ""));
        world.done("PATCH", "/v1/applications/" + actor.application(), "{\"authorization_details_types\":[\"other\"]}");
        assertThat(pay(api, passed)).isEqualTo(403);
        assertThat(pay(api, had)).isEqualTo(200);
        refused(world.exchanged(api, actor, had, Payments.asked("Shop")), ERROR);
        String less = token(world.exchanged(api, actor, had, ""));
        assertThat(world.call(api, less)).isEqualTo(200);
        assertThat(pay(api, less)).isEqualTo(403);
    }
}
