package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// GAUNTLET N01: after a life with every kind of secret, allowed and refused, no secret is anywhere but where it
/// was handed out: not in logs, metrics, refusals, audit, thread names, nor in any byte of the data folder.
class CanarySweepTest {
    @TempDir
    Path folder;

    private final List<String> secrets = new ArrayList<>();
    private final StringBuilder answers = new StringBuilder();

    @Test
    void noSecretIsAnywhere() throws IOException {
        try (LogTap log = new LogTap()) {
            whileItRuns(log);
            // Events are written when the node ends, at the latest.
            assertThat(log.text()).contains("gatehouse.refused", "gatehouse.issued");
            for (String secret : secrets) {
                assertThat(log.text().lines().filter(line -> line.contains(secret)))
                        .isEmpty();
            }
        }
        sweep(folder.resolve("data"), "gatehouse.db");
    }

    private void whileItRuns(LogTap log) throws IOException {
        try (RunningServer server = RunningServer.start(folder, new TestClock())) {
            live(server);
            Path data = folder.resolve("data");
            String rest = log.text()
                    + server.ops("/metrics").text()
                    + server.admin("GET", "/v1/audit?limit=200", "").text()
                    + answers
                    + Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .collect(Collectors.joining("\n"));
            assertThat(secrets).hasSizeGreaterThan(12);
            for (String secret : secrets) {
                assertThat(rest.lines().filter(line -> line.contains(secret))).isEmpty();
            }
            sweep(data, "gatehouse.db-wal");
        }
    }

    private void live(RunningServer server) {
        secret(server.bootstrapKey().reveal());
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
        secret(customer.apiKey());
        secret(customer.secret());
        for (String api : List.of("orders", "parcels")) {
            String token = server.mint(api, customer, "things:read");
            secret(token);
            allowed(server, api, token);
            allowed(server, api, customer.apiKey());
            for (String wrong : List.of(
                    token,
                    customer.apiKey(),
                    customer.secret(),
                    server.bootstrapKey().reveal())) {
                String altered = wrong.substring(0, wrong.length() - 5) + "AAAAA";
                refused(server, api, altered);
                refused(server, api, "Bearer " + altered);
                secrets.add(altered);
            }
        }
        for (String api : List.of("orders", "parcels")) {
            tokenEndpoints(server, api, customer);
        }
        abuse(server, customer);
        for (String noun : List.of("credentials/" + customer.apiKeyId(), "applications/" + customer.application())) {
            keep(server.admin("POST", "/v1/" + noun + "/suspend", "{}"));
        }
        refused(server, "orders", customer.apiKey());
        keep(server.token("orders", customer, "grant_type=client_credentials"));
        keep(server.admin("GET", "/v1/credentials/" + customer.apiKeyId(), ""));
        keep(server.admin("GET", "/v1/applications/" + customer.application() + "/credentials", ""));
    }

    /// A token that is asked about, is put where it does not belong, and is ended.
    private void tokenEndpoints(RunningServer server, String api, Customer customer) {
        String token = server.mint(api, customer, "things:read");
        secret(token);
        String basic = RunningServer.basic(customer.clientId(), customer.secret());
        for (String path : List.of("/oauth2/introspect", "/oauth2/revoke")) {
            keep(server.form(api, path, "token=x&token_type_hint=" + token, "Authorization", basic));
            keep(server.form(api, path, "token=" + token + "&" + token + "=" + token, "Authorization", basic));
            keep(server.form(api, path, "token=" + token, "Authorization", "Bearer " + token));
            keep(server.form(api, path, "token=" + token + "&client_id=" + token + "&client_secret=" + token));
            keep(server.call(api, "GET", path + "?token=" + token));
            keep(server.form(api, path, "token=" + token, "Authorization", basic));
        }
        refused(server, api, token);
    }

    /// Secrets where they do not belong.
    private void abuse(RunningServer server, Customer customer) {
        String bootstrap = server.bootstrapKey().reveal();
        for (String secret : List.of(customer.apiKey(), customer.secret(), bootstrap)) {
            keep(server.token("orders", "grant_type=" + secret + "&client_id=" + secret + "&client_secret=" + secret));
            keep(server.token(
                    "orders", "grant_type=client_credentials&scope=" + secret, "Authorization", "Basic " + secret));
            keep(server.token(
                    "orders", "grant_type=client_credentials&client_id=" + secret + "&client_secret=" + secret));
            keep(server.token(
                    "orders", customer, "grant_type=client_credentials&scope=" + secret + "&resource=" + secret));
            keep(server.call("orders", "GET", "/" + secret + "?access_token=" + secret));
            keep(server.call("orders", "GET", "/things", "X-Api-Key", secret, "Authorization", secret));
            keep(server.call("orders", "DELETE", "/things/" + secret, "Authorization", "Bearer " + customer.apiKey()));
            keep(server.admin("GET", "/v1/credentials/" + secret + "?" + secret + "=" + secret, ""));
            keep(server.admin("GET", "/v1/organizations?after=" + secret, ""));
            keep(server.adminWith("GET", "/v1/whoami", new byte[0], "Authorization", "Basic " + secret));
            for (String header : List.of(
                    "Authorization : " + secret,
                    secret,
                    "Host: " + secret,
                    "Content-Length: " + secret,
                    "Transfer-Encoding: " + secret,
                    "Expect: " + secret)) {
                answers.append(server.raw("orders", "GET /things", header)).append('\n');
            }
            answers.append(server.rawText("orders", secret + " /" + secret + "\r\n\r\n", false))
                    .append('\n');
        }
    }

    private void allowed(RunningServer server, String api, String bearer) {
        var got = server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer);
        assertThat(got.status()).isEqualTo(200);
        for (JsonNode header : got.json().get("headers")) {
            if (header.get(0).asString().equals("X-Gatehouse-Assertion")) {
                secret(header.get(1).asString());
            }
            assertThat(header.get(1).asString()).doesNotContain(bearer);
        }
    }

    private void refused(RunningServer server, String api, String bearer) {
        var got = server.call(api, "GET", "/things", "Authorization", "Bearer " + bearer);
        assertThat(got.status()).isEqualTo(401);
        keep(got);
    }

    private void keep(RunningServer.Got got) {
        assertThat(got.status()).isLessThan(500);
        answers.append(got.headers()).append(got.text()).append('\n');
    }

    /// A secret, its random part alone, and both as Base64.
    private void secret(String text) {
        secrets.add(text);
        String part = text.startsWith("gh") ? text.substring(text.length() - 40) : text.substring(text.length() - 60);
        secrets.add(part);
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Every byte of every file but the key file, which holds none of these.
    private void sweep(Path data, String oneOfThem) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(data)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).extracting(file -> file.getFileName().toString()).contains(oneOfThem);
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String secret : secrets) {
                assertThat(bytes.contains(secret))
                        .as("in %s", file.getFileName())
                        .isFalse();
            }
        }
    }
}
