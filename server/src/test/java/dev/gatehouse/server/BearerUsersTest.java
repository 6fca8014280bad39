package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.TrustWorld.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Issuers that speak of the users of an application which acts for them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BearerUsersTest {
    @TempDir
    static Path folder;

    private TrustWorld world;

    @BeforeAll
    void start() throws IOException {
        world = new TrustWorld(folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    /// An issuer that names users speaks to an application that acts for them: its own proof comes besides.
    @Test
    void anIssuerSpeaksOfUsers() {
        Trust trust = world.trust(world.acting, "\"" + TrustWorld.GRANT + "\"", ",\"scopes\":\"role\"");
        Person alice = CodeFlow.person(world.server, trust.organization(), "alice" + world.next(), world.role);
        String secret = Customer.created(
                        world.server,
                        "/v1/applications/" + trust.application() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        String basic = RunningServer.basic(trust.clientId(), secret);
        Got got = world.server.token(
                "orders",
                TrustWorld.form(
                        trust.by().sign(trust.by().header(), world.claims("orders", alice.username())),
                        "&scope=things%3Aread"),
                "Authorization",
                basic);
        String token = ExchangeWorld.token(got);
        Got seen = world.server.form(
                "orders", "/oauth2/introspect", "token=" + ExchangeWorld.encode(token), "Authorization", basic);
        assertThat(seen.json().get("sub").asString()).isEqualTo(alice.id());
        assertThat(seen.json().get("client_id").asString()).isEqualTo(trust.clientId());
        assertThat(world.call("orders", token)).isEqualTo(200);
        TrustWorld.refused(world.ask("orders", trust, world.claims("orders", alice.username()), ""), "invalid_client");
        for (String nobody : List.of("nobody", trust.clientId(), "")) {
            TrustWorld.refused(
                    world.server.token(
                            "orders",
                            TrustWorld.form(trust.by().sign(trust.by().header(), world.claims("orders", nobody)), ""),
                            "Authorization",
                            basic),
                    "invalid_grant");
        }
        world.clock.advance(Duration.ofSeconds(1));
        world.server.admin("POST", "/v1/users/" + alice.id() + "/hold", "{}");
        assertThat(world.call("orders", token)).isEqualTo(401);
        world.server.admin("POST", "/v1/users/" + alice.id() + "/lift", "{}");
        assertThat(world.call("orders", token)).isEqualTo(200);
        world.server.admin("POST", "/v1/credentials/" + trust.credential() + "/revoke", "{}");
        assertThat(world.call("orders", token)).isEqualTo(401);
    }

    /// GAUNTLET H09: acting for users on an issuer's word is the right to act, asked for at every use.
    @Test
    void whoMayNotActForUsersDoesNot() {
        Trust trust = world.trust(world.role, "\"" + TrustWorld.GRANT + "\"", ",\"scopes\":\"role\"");
        Person bob = CodeFlow.person(world.server, trust.organization(), "bob" + world.next(), world.role);
        String secret = Customer.created(
                        world.server,
                        "/v1/applications/" + trust.application() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        TrustWorld.refused(
                world.server.token(
                        "orders",
                        TrustWorld.form(
                                trust.by().sign(trust.by().header(), world.claims("orders", bob.username())), ""),
                        "Authorization",
                        RunningServer.basic(trust.clientId(), secret)),
                "unauthorized_client");
    }
}
