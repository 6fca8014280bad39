package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients whose name is the URL of their metadata (OAuth Client ID Metadata Document).
class ClientDocumentTest {
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

    @Test
    void aUrlIsAClientThatSignsAPersonIn() {
        assertThat(world.server
                        .call("orders", "GET", "/.well-known/oauth-authorization-server")
                        .json()
                        .get("client_id_metadata_document_supported")
                        .asBoolean())
                .isTrue();
        Person alice = Person.create(world.server, "alice", Optional.of(Setup.role(world.server, "readers", "orders")));
        CodeFlow flow = new CodeFlow(world.server, world.url(), "", alice);
        Got first = world.redeemed(flow.allowed(world.path(world.url())).getOrDefault("code", ""));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().get("scope").asString()).isEqualTo("openid things:read");
        assertThat(world.asked.get()).as("kept for a while").isEqualTo(1);
        assertThat(world.server
                        .call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + first.json().get("access_token").asString())
                        .status())
                .isEqualTo(200);
        assertThat(world.server
                        .admin("GET", "/v1/applications/" + world.application().orElseThrow(), "")
                        .json()
                        .get("name")
                        .asString())
                .as("people are shown whose site it is")
                .isEqualTo("Assistant (fake.test)");
    }

    /// It is one application like others: what stops that stops it.
    @Test
    void itIsHeldAndRevokedLikeOthers() {
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        String application = world.application().orElseThrow();
        world.server.admin("POST", "/v1/applications/" + application + "/suspend", "");
        world.unknown(world.url());
        world.server.admin("POST", "/v1/applications/" + application + "/resume", "");
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        world.server.admin("POST", "/v1/applications/" + application + "/revoke", "");
        world.clock.advance(Duration.ofMinutes(11));
        int before = world.asked.get();
        world.unknown(world.url());
        assertThat(world.asked.get()).as("nobody looks again").isEqualTo(before);
        assertThat(world.server
                        .admin("GET", "/v1/applications/" + application, "")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("revoked");
    }

    /// OpenID Connect Core section 8.1: the list is looked at with what is new, and no other site is asked for one.
    @Test
    void theListOfASectorIsWhereTheDocumentIs() {
        AtomicInteger listed = new AtomicInteger();
        AtomicInteger lists = new AtomicInteger(404);
        world.host.createContext("/sector.json", exchange -> {
            try (exchange) {
                listed.incrementAndGet();
                byte[] body = ("[\"" + CodeFlow.REDIRECT + "\"]").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(lists.get(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        String sector = "https://%s:" + world.host.getAddress().getPort() + "/sector.json";
        world.there = world.document(
                world.url(),
                ",\"subject_type\":\"pairwise\",\"sector_identifier_uri\":\"" + sector.formatted("fake.test") + "\"");
        world.unknown(world.url());
        assertThat(listed.get()).isEqualTo(1);
        lists.set(200);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        assertThat(listed.get()).isEqualTo(2);
        lists.set(500);
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(world.begin(world.url()).status()).as("nothing of it is new").isLessThan(400);
        world.there = world.there.replace(CodeFlow.REDIRECT, "https://evil.test/cb");
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        assertThat(listed.get()).isEqualTo(3);
        lists.set(200);
        world.there = world.document(
                world.url(),
                ",\"subject_type\":\"pairwise\",\"sector_identifier_uri\":\"" + sector.formatted("127.0.0.1") + "\"");
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        assertThat(listed.get()).isEqualTo(3);
    }

    /// The policy of another Api is its own.
    @Test
    void aUrlIsAClientOfTheApiThatMetIt() {
        assertThat(world.begin(world.url()).status()).isLessThan(400);
        Setup.openIdApi(world.server, "parcels", "jwt");
        Setup.role(world.server, "senders", List.of("things:read", "openid"), "parcels");
        new Registrations(world.server, "parcels").letting(ClientDocumentWorld.POLICY.replace("buyers", "senders"));
        Got other = world.server.call("parcels", "GET", world.path(world.url()));
        assertThat(other.status()).as(other.text()).isEqualTo(400);
        assertThat(world.begin(world.url()).status()).isLessThan(400);
    }

    @Test
    void thePolicyDecides() {
        world.registrations.letting("{\"role\":\"buyers\",\"open\":true}");
        world.unknown(world.url());
        world.registrations.letting("{\"role\":\"nobody\",\"metadata_documents\":true}");
        world.unknown(world.url());
        world.registrations.letting(
                "{\"role\":\"buyers\",\"metadata_documents\":true,\"redirect_hosts\":[\"elsewhere.example\"]}");
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        world.registrations.letting(
                "{\"role\":\"buyers\",\"metadata_documents\":true,\"token_endpoint_auth_methods\":[\"private_key_jwt\"]}");
        world.clock.advance(Duration.ofMinutes(11));
        world.unknown(world.url());
        world.registrations.letting(ClientDocumentWorld.POLICY);
        world.clock.advance(Duration.ofMinutes(11));
        assertThat(world.begin(world.url()).status()).isLessThan(400);
    }
}
