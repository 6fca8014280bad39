package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that cannot be applied: all of it is told, and nothing is done.
class ApplyMistakesTest extends FilesAndServer {
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
                List.of("kind: api_key", "kind: secret, secret-sha256: abc", "64 hexadecimal digits"),
                List.of("kind: api_key", "kind: secret, secret-env: X, secret-sha256: abc", "exclude each other"),
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
}
