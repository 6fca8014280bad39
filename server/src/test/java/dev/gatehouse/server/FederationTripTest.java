package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What changes while a browser is on its way, and what strangers can do to those who are.
class FederationTripTest extends FederationWorld {
    /// Law 2: a provider that is switched off because it is hostile holds its answers back.
    @Test
    void aProviderThatIsChangedDuringTheExchangeOpensNothing() {
        linked(signedIn(), "sub-1");
        List<Runnable> changes = List.of(
                () -> changed("\"active\":false"),
                () -> {
                    changed("\"active\":false");
                    changed("\"active\":true");
                },
                () -> changed("\"apis\":[]"),
                () -> changed("\"organizations\":[\"" + elsewhere() + "\"]"));
        for (Runnable change : changes) {
            provider.meanwhile(change);
            Reader reader = reader();
            refused(through(reader, "sub-1"));
            assertThat(reader.cookies()).doesNotContainKey(SESSION);
            changed("\"active\":true,\"apis\":[\"orders\"],\"organizations\":[]");
            assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
        }
    }

    private String elsewhere() {
        return Customer.created(server, "/v1/organizations", "{\"name\":\"Elsewhere\"}")
                .get("id")
                .asString();
    }

    @Test
    void nobodyJoinsByAProviderThatIsSwitchedOffDuringTheExchange() {
        joining();
        provider.meanwhile(() -> changed("\"active\":false"));
        refused(through(reader(), "new"));
        assertThat(server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/users", "")
                        .text())
                .doesNotContain("acme-");
    }

    /// Whoever only sets out leaves nothing here that could be filled.
    @Test
    void whoeverSetsOutFillsNothing() throws Exception {
        joining();
        List<Long> before = rows();
        Reader ann = reader();
        String url = leaving(ann);
        for (int i = 0; i < 10; i++) {
            leaving(reader());
            assertThat(reader().open(back(Map.of("code", "x", "state", "x"))).status())
                    .isEqualTo(400);
        }
        assertThat(rows()).isEqualTo(before);
        assertThat(ann.open(back(provider.agree(url, "sub-1"))).status()).isEqualTo(303);
        assertThat(rows()).containsExactly(before.get(0), before.get(1) + 1);
    }

    private List<Long> rows() throws Exception {
        Path file;
        try (Stream<Path> files = Files.walk(folder)) {
            file = files.filter(one -> one.getFileName().toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return List.of(count(connection, "identity_trip"), count(connection, "used_assertion"));
        }
    }

    private static long count(Connection connection, String table) throws Exception {
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatTheBrowserCarriesIsNotItsOwn() {
        joining();
        Reader ann = reader();
        Map<String, String> back = provider.agree(leaving(ann), "sub-1");
        String cookie = ann.cookies().get(COOKIE);
        String[] parts = cookie.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            String[] other = parts.clone();
            other[i] = other[i].isEmpty() ? "1" : other[i].substring(1) + "1";
            ann.cookies().put(COOKIE, String.join(".", other));
            assertThat(ann.open(back(back)).status()).as("part " + i).isEqualTo(400);
        }
        Reader other = reader();
        leaving(other);
        String theirs = other.cookies().get(COOKIE);
        ann.cookies().put(COOKIE, parts[0] + theirs.substring(theirs.indexOf('.')));
        assertThat(ann.open(back(back)).status()).isEqualTo(400);
        ann.cookies().put(COOKIE, parts[0]);
        assertThat(ann.open(back(back)).status()).isEqualTo(400);
        assertThat(provider.redeemed()).isEmpty();
        ann.cookies().put(COOKIE, cookie);
        assertThat(ann.open(back(back)).status()).isEqualTo(303);
    }

    @Test
    void whatIsTooLongForABrowserIsSaid() throws Exception {
        try (Landing client = Landing.open(server)) {
            Reader reader = reader();
            reader.open(client.request(
                    "openid",
                    "&nonce=" + "n".repeat(400) + "&login_hint=" + "h".repeat(400) + "&x=" + "x".repeat(3000)));
            Got got = reader.send(FEDERATION, "provider", "acme");
            assertThat(got.status()).isEqualTo(400);
            assertThat(got.text()).contains("too long for this way");
            assertThat(reader.cookies()).doesNotContainKey(COOKIE);
        }
    }
}
