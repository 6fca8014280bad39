package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import dev.gatehouse.cli.apply.EmptyServer;
import dev.gatehouse.client.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `apply`, `diff` and `export` as a user has them, against a whole server.
class ApplyTest {
    private static final Path EXAMPLE = Path.of("../docs/guides/apply-example");

    private static final String API = """
            apis:
              orders:
                issuer: http://127.0.0.1:9
                scopes: {"orders:read": See, "orders:write": Change}
                routes:
                  - {methods: [GET], path: /orders, any: ["orders:read"]}
            """;

    private static final String SHOP = """
            organizations:
              /:
                roles:
                  customer: {rights: {orders: ["orders:read"]}}
              Acme:
                applications:
                  shop:
                    client_id: acme-shop
                    role: customer
                    credentials:
                      key: {kind: api_key, scopes: role}
            """;

    @TempDir
    Path temporary;

    private EmptyServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmptyServer.start(temporary.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void exportAndApplyElsewhereAndExportAgainIsTheSameToTheByte() throws IOException {
        assertThat(run("apply", EXAMPLE.toString(), "--show-secrets").exit()).isZero();
        Path here = temporary.resolve("here");
        Path there = temporary.resolve("there");
        assertThat(run("export", here.toString()).exit()).isZero();
        try (EmptyServer other = EmptyServer.start(temporary.resolve("other"))) {
            assertThat(on(other, "apply", here.toString(), "--show-secrets").exit())
                    .isZero();
            assertThat(on(other, "export", there.toString()).exit()).isZero();
        }
        for (String file : List.of("apis.yaml", "organizations.yaml")) {
            assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
        }
        assertThat(here.resolve("organizations.yaml"))
                .content()
                .contains("Acme/EMEA:", "holds: [provider]", "environment: test", "2099-12-31T23:59:59Z")
                .doesNotContain("cred_", "app_", "org_", "role_", "ghk_", "ghs_", "bootstrap", "owner");
    }

    @Test
    void theSecondTimeThereIsNothingToDo() {
        Ran first = run("apply", EXAMPLE.toString(), "--show-secrets");
        assertThat(first.exit()).isZero();
        assertThat(first.out()).contains("+ api orders", "+ organization Acme/EMEA", "+ credential Acme > shop > till");
        String rows = run("audit", "-o", "json").out();
        Ran second = run("apply", EXAMPLE.toString());
        assertThat(second.exit()).isZero();
        assertThat(second.out()).isEqualTo("Nothing to do.\n");
        assertThat(run("diff", EXAMPLE.toString(), "--prune").exit()).isZero();
        assertThat(run("audit", "-o", "json").out()).isEqualTo(rows);
    }

    @Test
    void aPlanChangesNothingAndItsExitCodeSaysWhetherAnythingWould() {
        Ran plan = run("apply", EXAMPLE.toString(), "--plan");
        assertThat(plan.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(run("diff", EXAMPLE.toString())).isEqualTo(new Ran(Exit.DIFFERENT, plan.out(), plan.err()));
        assertThat(run("org", "list", "-o", "json").out()).doesNotContain("Acme");
        Json.Obj json = (Json.Obj)
                Json.parse(run("diff", EXAMPLE.toString(), "-o", "json").out());
        assertThat(json.items("changes"))
                .isNotEmpty()
                .allSatisfy(
                        change -> assertThat(((Json.Obj) change).text("action")).contains("create"));
    }

    @Test
    void drawnSecretsGoIntoANewFileThatOnlyItsOwnerReads() throws IOException {
        Path folder = files(API, SHOP);
        Path secrets = temporary.resolve("secrets.jsonl");
        Ran without = run("apply", folder.toString());
        assertThat(without.exit()).isEqualTo(Exit.USAGE);
        assertThat(without.err()).contains("--secrets FILE");
        Ran with = run("apply", folder.toString(), "--secrets", secrets.toString());
        assertThat(with.exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rw-------");
        Json.Obj line = (Json.Obj) Json.parse(Files.readString(secrets));
        String secret = line.text("secret").orElseThrow();
        assertThat(line.text("organization")).contains("Acme");
        assertThat(line.text("client_id")).contains("acme-shop");
        assertThat(with.out() + with.err()).doesNotContain(secret);
        assertThat(CommandLineTest.run(
                                Map.of("GATEHOUSE_KEY", secret),
                                "",
                                "whoami",
                                "--url",
                                server.base().toString())
                        .err())
                .contains("403");
        assertThat(run("apply", folder.toString(), "--secrets", secrets.toString())
                        .exit())
                .as("nothing is drawn, so nothing is in the way")
                .isZero();
        write(folder, "organizations.yaml", SHOP + "          key 2: {kind: api_key}\n");
        Ran again = run("apply", folder.toString(), "--secrets", secrets.toString());
        assertThat(again.exit()).isEqualTo(Exit.USAGE);
        assertThat(again.err()).contains("is there already");
        assertThat(run("diff", folder.toString()).out()).contains("+ credential Acme > shop > key 2");
    }

    @Test
    void everyMistakeIsToldWithItsPlaceAndNothingIsDone() throws IOException {
        Path folder = files(API.replace("issuer:", "isuer:").replace("[GET]", "[get]"), """
                organizations:
                  Acme:
                    expire_at: 2027-01-01T00:00:00Z
                    holds: [ownr]
                    applications:
                      shop:
                        client_id: 12
                        credentials:
                          key: {kind: api_ky, addresses: [10.0.0.1/8], expires_at: tomorrow}
                  Acme:
                    roles: {Big Name: {rights: {}}}
                  A//b: {}
                """);
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        String organizations = folder.resolve("organizations.yaml").toString();
        assertThat(ran.err())
                .contains(folder.resolve("apis.yaml") + ":3: there is no key \"isuer\" here; did you mean issuer?")
                .contains(folder.resolve("apis.yaml") + ":6: methods must be a method in capitals")
                .contains(organizations + ":3: there is no key \"expire_at\" here; did you mean expires_at?")
                .contains(organizations + ":4: holds must be owner or provider")
                .contains(organizations + ":7: client_id must be 1 to 128 characters")
                .contains("put it in quotes")
                .contains(organizations + ":9: kind must be api_key or secret")
                .contains(organizations + ":9: addresses must be a network")
                .contains(organizations + ":9: expires_at must be a time")
                .contains(organizations + ":10: \"Acme\" is here twice (first at " + organizations + ":2)")
                .contains(organizations + ":12: \"A//b\" is no path of names")
                .doesNotContain("Exception");
        assertThat(run("api", "list").out()).doesNotContain("orders");
    }

    static List<List<String>> unmet() {
        return List.of(
                List.of("role: customer", "role: custmer", "there is no role custmer in Acme or above it"),
                List.of("scopes: role", "scopes: {orders: [\"orders:write\"]}", "does not give orders:write"),
                List.of("scopes: role", "scopes: {orders: [\"orders:all\"]}", "the Api orders has no scope orders:all"),
                List.of("orders: [\"orders:read\"]", "parcels: [\"orders:read\"]", "there is no Api parcels"),
                List.of("  Acme:", "  Acme/EMEA:", "below Acme, which is neither here nor on the server"),
                List.of("  customer: {", "  owner: {", "is kept by Gatehouse itself"),
                List.of("kind: api_key", "kind: api_key, secret-env: X", "only a credential of kind secret"),
                List.of("kind: api_key", "kind: secret, secret-env: X", "the environment has no variable X"),
                List.of("kind: api_key", "kind: secret, secret-file: nowhere", "cannot read"),
                List.of("client_id: acme-shop", "client_id: bootstrap", "the client_id bootstrap is taken"));
    }

    @ParameterizedTest
    @MethodSource("unmet")
    void whatTheFilesReferToMustBeThere(List<String> row) throws IOException {
        Ran ran = run("apply", files(API, SHOP.replace(row.get(0), row.get(1))).toString(), "--show-secrets");
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("organizations.yaml:", row.get(2));
        assertThat(run("api", "list").out()).doesNotContain("orders");
    }

    @Test
    void aFolderWithoutFilesIsNoWishForNothing() {
        Ran ran = run("apply", temporary.resolve("server/data").toString(), "--prune");
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("has no file that ends with .yaml");
    }

    @Test
    void windowsAndHoldsAreSetAndTakenAwayAndNothingElseIsTouched() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        String later = SHOP.replace("  Acme:", """
                  Acme:
                    not_before: 2020-01-01T00:00:00Z
                    expires_at: 2098-01-01T00:00:00Z
                    holds: [owner, provider]\
                """)
                .replace("scopes: role}", "scopes: role, holds: [owner], expires_at: 2097-01-01T00:00:00Z}");
        write(folder, "organizations.yaml", later);
        assertThat(run("diff", folder.toString()).out())
                .contains("~ organization Acme\n", "+ holds: owner", "+ holds: provider")
                .contains("+ expires_at: 2098-01-01T00:00:00Z", "~ credential Acme > shop > key\n");
        apply(folder);
        assertThat(run("org", "list").out()).contains("suspended");
        write(folder, "organizations.yaml", SHOP);
        assertThat(apply(folder).out())
                .contains("- holds: provider", "- expires_at: 2098-01-01T00:00:00Z", "- not_before");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        assertThat(run("org", "list").out()).contains("active");
    }

    @Test
    void apisAndRolesFollowTheFilesAlsoWhenScopesGo() throws IOException {
        Path folder = files(API, SHOP.replace("[\"orders:read\"]", "[\"orders:read\", \"orders:write\"]"));
        apply(folder);
        write(
                folder,
                "apis.yaml",
                API.replace(", \"orders:write\": Change", ", \"orders:list\": {description: List}")
                        + "      - {methods: [\"*\"], path: /all, all: [\"orders:list\"]}\n    upstream: http://127.0.0.1:7\n");
        write(folder, "organizations.yaml", SHOP.replace("[\"orders:read\"]", "[\"orders:read\", \"orders:list\"]"));
        assertThat(apply(folder).out())
                .contains("- scopes.orders:write.description: Change", "+ scopes.orders:list.description: List")
                .contains("+ upstream: http://127.0.0.1:7", "+ routes: * /all all orders:list")
                .contains("~ role / > customer\n", "- rights.orders: orders:write", "+ rights.orders: orders:list");
        assertThat(run("diff", folder.toString()).exit()).isZero();
        assertThat(run("api", "get", "orders", "-o", "json").exit()).isEqualTo(Exit.USAGE);
        assertThat(run("api", "list", "-o", "json").out())
                .contains("orders:list")
                .doesNotContain("orders:write");
    }

    @Test
    void whatIsRevokedKeepsItsNameAndIsNotMadeAgain() throws IOException {
        Path folder = files(API, SHOP);
        apply(folder);
        assertThat(run("app", "revoke", id("app", "list", "--org", id("org", "list")))
                        .exit())
                .isZero();
        Ran ran = run("apply", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("application Acme > shop was revoked, which is for good");
    }

    @Test
    void exportDoesNotMixWithOtherFiles() throws IOException {
        Path folder = files(API, SHOP);
        write(folder, "mine.yaml", "apis: {}\n");
        Ran ran = run("export", folder.toString());
        assertThat(ran.exit()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains("mine.yaml", "take another folder");
        assertThat(folder.resolve("apis.yaml")).hasContent(API);
    }

    @Test
    void aNameMayHaveASlashAndAnything() throws IOException {
        Path folder = files(API, """
                organizations:
                  "A~1b ~0 : #1": {}
                  "A~1b ~0 : #1/null": {applications: {"- x": {}, "{}": {}, "yes": {}}}
                """);
        apply(folder);
        Path out = temporary.resolve("out");
        assertThat(run("export", out.toString()).exit()).isZero();
        assertThat(run("diff", out.toString(), "--prune").out()).isEqualTo("Nothing to do.\n");
        assertThat(run("org", "list").out()).contains("A/b ~ : #1");
    }

    private Ran apply(Path folder) {
        Ran ran = run("apply", folder.toString(), "--show-secrets");
        assertThat(ran.exit()).as(ran.err()).isZero();
        return ran;
    }

    /// The id of the first one in a list.
    private String id(String... list) {
        List<String> line = new ArrayList<>(List.of(list));
        line.addAll(List.of("-o", "json"));
        Json.Obj page = (Json.Obj) Json.parse(run(line.toArray(String[]::new)).out());
        return ((Json.Obj) page.items("items").getFirst()).text("id").orElseThrow();
    }

    private Path files(String apis, String organizations) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("files"));
        write(folder, "apis.yaml", apis);
        write(folder, "organizations.yaml", organizations);
        return folder;
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Ran run(String... arguments) {
        return on(server, arguments);
    }

    private static Ran on(EmptyServer server, String... arguments) {
        String[] line = Stream.of(
                        arguments, new String[] {"--url", server.base().toString()})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return CommandLineTest.run(Map.of("GATEHOUSE_KEY", server.key().reveal()), "", line);
    }
}
