package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// GAUNTLET N02: keys are rotated by command while tokens are made and used, and no request is refused.
class RotationUnderLoadTest {
    private static final int ROTATIONS = 6;
    private static final int LEAST = 20;
    private static final int MOST = 20_000;
    private static final List<String> APIS = List.of("orders", "parcels");

    @TempDir
    Path folder;

    private RunningServer server;
    private Customer customer;

    /// What one caller saw.
    private record Seen(List<String> tokens, Set<String> tokenKeys, Set<String> assertionKeys) {
        Seen() {
            this(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "acme", Setup.role(server, "buyer", "orders", "parcels"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void n02NoRequestIsRefusedWhileSigningSealingAndAssertionKeysAreRotated() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Seen>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String api = APIS.get(i % 2);
                callers.add(threads.submit(() -> load(api, over)));
            }
            Seen orders = new Seen();
            Seen parcels = new Seen();
            try {
                for (int i = 0; i < ROTATIONS; i++) {
                    rotate(i % 2 == 0);
                    use("orders", orders);
                    use("parcels", parcels);
                }
            } finally {
                over.set(true);
            }
            assertThat(orders.tokenKeys()).hasSize(ROTATIONS);
            assertThat(parcels.tokenKeys()).hasSize(ROTATIONS);
            assertThat(orders.assertionKeys()).hasSize(ROTATIONS).isEqualTo(parcels.assertionKeys());
            used("orders", orders);
            used("parcels", parcels);
            for (int i = 0; i < 4; i++) {
                Seen seen = callers.get(i).get();
                assertThat(seen.tokens()).hasSizeGreaterThanOrEqualTo(LEAST);
                used(APIS.get(i % 2), seen);
            }
        }
    }

    private void rotate(boolean prepared) {
        for (String api : List.of("orders", "gatehouse")) {
            String path = "/v1/apis/" + api + "/keys/";
            if (prepared) {
                RunningServer.Got next = server.admin("POST", path + "prepare", "");
                assertThat(next.status()).as(next.text()).isEqualTo(201);
            }
            RunningServer.Got rotated = server.admin("POST", path + "rotate", "");
            assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        }
    }

    private Seen load(String api, AtomicBoolean over) {
        Seen seen = new Seen();
        for (int i = 0; i < MOST && (i < LEAST || !over.get()); i++) {
            use(api, seen);
        }
        return seen;
    }

    /// One more token, used at once, and the first one used again.
    private void use(String api, Seen seen) {
        String token = server.mint(api, customer, "things:read");
        seen.tokens().add(token);
        seen.tokenKeys().add(keyOf(api, token));
        for (String one : List.of(token, seen.tokens().getFirst())) {
            seen.assertionKeys().add(keyOf("orders", assertion(api, one)));
        }
    }

    /// Older keys are retired and not gone: every token is good for its life, and upstreams find every key.
    private void used(String api, Seen seen) {
        Set<String> keys = new HashSet<>();
        for (String token : seen.tokens()) {
            if (keys.add(keyOf(api, token))) {
                assertThat(assertion(api, token)).isNotEmpty();
            }
        }
        Set<String> published = new HashSet<>();
        server.call(api, "GET", "/oauth2/assertion-keys")
                .json()
                .get("keys")
                .forEach(key -> published.add(key.get("kid").asString()));
        assertThat(published).containsAll(seen.assertionKeys());
    }

    private String assertion(String api, String token) {
        RunningServer.Got got = server.call(api, "GET", "/things", "Authorization", "Bearer " + token);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        for (JsonNode header : got.json().get("headers")) {
            if (header.get(0).asString().equals("X-Gatehouse-Assertion")) {
                return header.get(1).asString();
            }
        }
        throw new AssertionError("no assertion");
    }

    /// The key that a token names: `kid` of a JWT's header, the second part of a sealed token.
    private static String keyOf(String api, String token) {
        if (api.equals("parcels")) {
            return token.substring(0, "gts_".length() + 14);
        }
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return RunningServer.JSON
                .readTree(new String(header, StandardCharsets.UTF_8))
                .get("kid")
                .asString();
    }
}
