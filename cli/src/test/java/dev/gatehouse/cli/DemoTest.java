package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.demo.Demo;
import dev.gatehouse.cli.demo.DemoFile;
import dev.gatehouse.cli.demo.DemoFile.DemoCredential;
import dev.gatehouse.cli.demo.Rehearsal;
import dev.gatehouse.cli.demo.Tour;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo, and the commands against it, as a user has them.
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theTourGivesWhatItSays() {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            Rehearsal.of(demo.file());
        }
    }

    /// As somebody pastes them.
    @Test
    void theLinesOfTheTourGiveWhatTheySay() throws IOException {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            Process shell = new ProcessBuilder("sh", "-c", Tour.of(demo.file(), folder))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Pattern.compile("HTTP/1\\.1 (\\d+)")
                            .matcher(said)
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactly("401", "200", "401", "200");
        }
    }

    /// What demo.json says of each provider's Api opens it, in the provider's own way.
    @Test
    void everyProvidersCustomerIsServed() {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            Map<String, DemoFile.DemoApi> apis =
                    demo.file().apis().stream().collect(Collectors.toMap(DemoFile.DemoApi::dialect, api -> api));
            assertThat(apis).containsOnlyKeys("oauth", "sfs", "inbenta", "nomba", "infobip", "data2crm");
            DemoFile.DemoApi infobip = of(apis, "infobip");
            String app = infobip.credentials().getFirst().secret().reveal();
            assertThat(send(infobip, "GET", "/account/1/balance", "", "Authorization", "App " + app))
                    .contains("200 ", "balance");
            DemoFile.DemoApi inbenta = of(apis, "inbenta");
            DemoCredential secret = inbenta.credentials().getFirst();
            String key = named(secret, "x-inbenta-key");
            String body = "{\"secret\":\"" + secret.secret().reveal() + "\"}";
            assertThat(send(inbenta, "POST", "/v1/auth", body, "x-inbenta-key", key))
                    .contains("200 ", "accessToken", inbenta.base() + "/prod/chatbot");
            DemoFile.DemoApi nomba = of(apis, "nomba");
            DemoCredential client = nomba.credentials().getFirst();
            String issue = "{\"grant_type\":\"client_credentials\",\"client_id\":\"" + named(client, "client_id")
                    + "\",\"client_secret\":\"" + client.secret().reveal() + "\"}";
            assertThat(send(nomba, "POST", "/v1/auth/token/issue", issue, "accountId", named(client, "accountId")))
                    .contains("200 ", "\"businessId\":\"" + named(client, "accountId"));
            DemoFile.DemoApi sfs = of(apis, "sfs");
            DemoCredential platform = sfs.credentials().getFirst();
            String create = "{\"data\":{\"action\":\"create\",\"apiKey\":\"" + named(platform, "apiKey")
                    + "\",\"secret\":\"" + platform.secret().reveal() + "\"}}";
            String reply = send(sfs, "POST", "/api/token", create, "Content-Type", "application/vnd.api+json");
            assertThat(reply).contains("201 ");
            String token = ((Json.Obj) Json.parse(reply.substring(4)))
                    .text("access_token")
                    .orElseThrow();
            String delegate =
                    "{\"data\":{\"action\":\"create\",\"clientKey\":\"" + named(platform, "clientKey") + "\"}}";
            assertThat(send(sfs, "POST", "/api/token", delegate, "Authorization", "Bearer " + token))
                    .contains("201 ");
        }
    }

    private static DemoFile.DemoApi of(Map<String, DemoFile.DemoApi> apis, String dialect) {
        return Optional.ofNullable(apis.get(dialect)).orElseThrow();
    }

    private static String named(DemoCredential credential, String name) {
        return Optional.ofNullable(credential.names().get(name)).orElseThrow();
    }

    private static String send(DemoFile.DemoApi api, String method, String path, String body, String... headers) {
        HttpRequest request = HttpRequest.newBuilder(api.base().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> got = http.send(request, HttpResponse.BodyHandlers.ofString());
            return got.statusCode() + " " + got.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void startingAgainKeepsEverything() throws IOException {
        DemoFile before;
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            before = demo.file();
            assertThat(run("key", "suspend", pair(before).credential()).exit()).isZero();
        }
        String written = Files.readString(folder.resolve(DemoFile.NAME));
        try (Demo demo = Demo.start(folder, Optional.empty())) {
            assertThat(demo.file()).isEqualTo(before);
            assertThat(run("key", "get", pair(before).credential()).out()).contains("suspended");
            assertThat(run("key", "resume", pair(before).credential()).exit()).isZero();
            Rehearsal.of(demo.file());
        }
        assertThat(folder.resolve(DemoFile.NAME)).hasContent(written);
    }

    @Test
    void otherPortsMoveTheApiAndKeepItsKeys() {
        DemoFile before;
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            before = demo.file();
        }
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            assertThat(demo.file().apis().getFirst().base())
                    .isNotEqualTo(before.apis().getFirst().base());
            assertThat(pair(demo.file())).isEqualTo(pair(before));
            Rehearsal.of(demo.file());
        }
    }

    /// A start that was killed before it wrote its file: the keys are lost, so they are revoked and made anew.
    @Test
    void aLostFileIsMadeAnewAndWhatWasLostIsRevoked() throws IOException {
        DemoFile before;
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            before = demo.file();
        }
        Files.delete(folder.resolve(DemoFile.NAME));
        try (Demo demo = Demo.start(folder, Optional.empty())) {
            assertThat(run("key", "get", pair(before).credential()).out()).contains("revoked");
            Rehearsal.of(demo.file());
        }
    }

    @Test
    void onlyTheOwnerReadsTheFolderAndOnlyOneFileHoldsTheSecrets() throws IOException {
        try (Demo demo = Demo.start(folder.resolve("new"), Optional.of(0))) {
            Path home = folder.resolve("new");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(DemoFile.NAME))))
                    .isEqualTo("rw-------");
            String secret = pair(demo.file()).secret().reveal();
            try (var files = Files.walk(home)) {
                List<Path> holders = files.filter(Files::isRegularFile)
                        .filter(file -> holds(file, secret))
                        .toList();
                assertThat(holders).containsExactly(home.resolve(DemoFile.NAME));
            }
        }
    }

    @Test
    void aSecondOneInTheSameFolderIsRefusedAndChangesNothing() throws IOException {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            String ports = Files.readString(folder.resolve("ports.json"));
            Ran second =
                    CommandLineTest.run(Map.of(), "", "demo", "--train", "--port", "0", "--data", folder.toString());
            assertThat(second.exit()).isEqualTo(Exit.NO_START);
            assertThat(second.err())
                    .contains("the data folder " + folder, "in this process already")
                    .doesNotContain("\tat ");
            assertThat(folder.resolve("ports.json")).hasContent(ports);
            Rehearsal.of(demo.file());
        }
    }

    @Test
    void commandsMakeAnOrganizationItsApplicationAndAKeyThatWorks() {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            String org = id(run("org", "create", "--name", "Umbrella", "-o", "json"));
            String role = id(run("role", "create", "--name", "reader", "--scope", "orders=orders:read", "-o", "json"));
            String app = id(run("app", "create", "--org", org, "--name", "till", "--role", role, "-o", "json"));
            Ran made = run(
                    "key",
                    "create",
                    "--app",
                    app,
                    "--kind",
                    "api_key",
                    "--name",
                    "k",
                    "--scope",
                    "orders=orders:read",
                    "-o",
                    "json");
            String key = ((Json.Obj) json(made)).text("secret").orElseThrow();
            String route = demo.file().apis().getFirst().base() + "/orders";
            assertThat(verify(key, route).exit()).isEqualTo(Exit.OK);
            assertThat(verify(key, route, "-X", "POST").exit()).isEqualTo(Exit.REFUSED);
            assertThat(run("org", "suspend", org).out()).contains("suspended");
            assertThat(verify(key, route).exit()).isEqualTo(Exit.REFUSED);
            assertThat(run("org", "resume", org).exit()).isZero();
            assertThat(verify(key, route).exit()).isEqualTo(Exit.OK);
            assertThat(run("app", "revoke", app).out()).contains("revoked");
            assertThat(verify(key, route).exit()).isEqualTo(Exit.REFUSED);
            assertThat(run("audit", "list", "--limit", "5").out()).contains(app).doesNotContain(key);
        }
    }

    @Test
    void aTokenCommandPrintsATokenThatOpens() {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            Ran token = CommandLineTest.run(Map.of(), "", "token", "--demo", folder.toString());
            assertThat(token.exit()).isZero();
            assertThat(verify(token.out().strip(), demo.file().apis().getFirst().base() + "/orders")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void listsShowTablesAndRefusalsSayWhatToDo() {
        try (Demo demo = Demo.start(folder, Optional.of(0))) {
            assertThat(run("org", "list").out()).contains("NAME", "Acme", "active");
            assertThat(run("api", "list").out()).contains("orders", "gatehouse");
            assertThat(run("role", "list").out()).contains("owner", "orders-customer");
            assertThat(run("app", "list", "--org", id(demo)).out()).contains("acme-shop");
            assertThat(run("whoami").out()).contains("owner");
            Ran missing = run("org", "get", "org_0000000000001");
            assertThat(missing.exit()).isEqualTo(Exit.REFUSED);
            assertThat(missing.err()).contains("404 not_found").contains("no such thing");
            Ran stranger = CommandLineTest.run(
                    Map.of("GATEHOUSE_KEY", "ghk_live_nothing"),
                    "",
                    "whoami",
                    "--url",
                    demo.file().admin().base().toString());
            assertThat(stranger.exit()).isEqualTo(Exit.REFUSED);
            assertThat(stranger.err()).contains("401").doesNotContain("ghk_live_nothing");
        }
    }

    private Ran run(String... arguments) {
        return CommandLineTest.run(Map.of(), "", with(arguments, "--demo", folder.toString()));
    }

    private static Ran verify(String credential, String route, String... more) {
        String[] line = with(new String[] {"verify", route, "--credential-file", "-"}, more);
        return CommandLineTest.run(Map.of(), credential, line);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static DemoCredential pair(DemoFile file) {
        return file.apis().getFirst().keyPair().orElseThrow();
    }

    private static Json json(Ran ran) {
        assertThat(ran.err()).isEmpty();
        return Json.parse(ran.out());
    }

    private static String id(Ran ran) {
        return ((Json.Obj) json(ran)).text("id").orElseThrow();
    }

    /// The demo's customer.
    private String id(Demo demo) {
        assertThat(demo.file().apis()).isNotEmpty();
        return ((Json.Obj) ((Json.Obj) json(run("org", "list", "-o", "json")))
                        .items("items")
                        .getFirst())
                .text("id")
                .orElseThrow();
    }

    private static boolean holds(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
