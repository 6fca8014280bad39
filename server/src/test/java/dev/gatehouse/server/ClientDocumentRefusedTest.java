package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// URLs that name no client, and places that are not asked for one.
class ClientDocumentRefusedTest {
    @TempDir
    Path folder;

    private ClientDocumentWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new ClientDocumentWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /// GAUNTLET J06: what the operator opened for platforms is nothing that strangers may name.
    @Test
    void placesThatWereOpenedForOthersAreNotAsked() throws IOException {
        world.server.close();
        world.server = RunningServer.with(
                Files.createDirectory(folder.resolve("other")),
                world.clock,
                "egress:\n  allow: [\"https://fake.test:%d %s\"]\n"
                        .formatted(world.host.getAddress().getPort(), folder.resolve("clients.pem")));
        Setup.openIdApi(world.server, "orders", "jwt");
        Setup.role(world.server, "buyers", List.of("things:read", "openid"), "orders");
        world.registrations = new Registrations(world.server, "orders").letting(ClientDocumentWorld.POLICY);
        world.unknown(world.url());
        assertThat(world.asked.get()).isZero();
    }

    @Test
    void whatIsNoDocumentOfThatClientMakesNone() {
        for (String wrong : List.of(
                world.document("https://fake.test/other.json", ""),
                world.document(world.url(), ",\"client_secret\":\"x\""),
                world.document(world.url(), ",\"token_endpoint_auth_method\":\"client_secret_basic\""),
                world.document(world.url(), ",\"token_endpoint_auth_method\":\"private_key_jwt\""),
                world.document(world.url(), ",\"subject_type\":\"other\""),
                "{\"client_id\":\"" + world.url() + "\"}",
                "[]",
                "not JSON",
                "{\"x\":\"" + "x".repeat(40_000) + "\"}")) {
            world.there = wrong;
            world.unknown(world.url());
            world.clock.advance(Duration.ofSeconds(31));
        }
        world.there = "";
        for (int other : List.of(302, 404, 500)) {
            world.status = other;
            world.unknown(world.url());
            world.clock.advance(Duration.ofSeconds(31));
        }
        assertThat(world.application()).isEmpty();
        int before = world.asked.get();
        world.unknown(world.url());
        world.unknown(world.url());
        assertThat(world.asked.get() - before).as("not again at once").isLessThanOrEqualTo(1);
    }

    /// GAUNTLET J06: nothing is asked for what is no such name, or is not open.
    @Test
    void whatIsNoNameIsNotAskedFor() {
        String base = world.url().substring(0, world.url().length() - "/client.json".length());
        for (String name : List.of(
                base,
                base + "/a?b=c",
                base + "/a#b",
                base + "/../a",
                world.url().replace("https", "http"),
                "https://127.0.0.1:" + world.host.getAddress().getPort() + "/client.json",
                "https://localhost/client.json",
                world.url() + "x".repeat(200))) {
            world.unknown(name);
        }
        assertThat(world.asked.get()).isZero();
    }
}
