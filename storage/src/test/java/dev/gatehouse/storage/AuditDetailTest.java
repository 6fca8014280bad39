package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an audit row says about what was given or changed.
class AuditDetailTest {
    @TempDir
    Path folder;

    private final Nouns nouns = new Nouns(1);
    private final Installation installed = nouns.installation();
    private Store store;

    @BeforeEach
    void open() {
        store = TestKeys.storage().sqlite(folder);
        store.install(installed, nouns.act());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String newest() {
        return store.audit().newest(1).getFirst().detail();
    }

    @Test
    void aNewCredentialsReachAndLimits() {
        Credential credential = nouns.credential(installed.bootstrap(), CredentialKind.SECRET);
        store.members().add(credential, nouns.act());
        assertThat(newest())
                .contains(
                        "orders:read orders:write",
                        "192.0.2.0/24",
                        "\"whole_role\":\"false\"",
                        "\"expires_at\":\"\"",
                        credential
                                .restrictions()
                                .apis()
                                .listed()
                                .iterator()
                                .next()
                                .text());
    }

    @Test
    void whatANewApiIs() {
        Api api = nouns.api(installed.root().id(), "orders");
        store.apis().add(api, nouns.act());
        assertThat(newest())
                .contains(api.audience(), api.issuer(), "/orders/{id}")
                .doesNotContain("_before");
    }

    @Test
    void whatAReplacedApiBecameAndWasAndNothingThatStayed() {
        Api api = nouns.api(installed.root().id(), "orders");
        store.apis().add(api, nouns.act());
        store.apis().replace(nouns.api(api.id(), installed.root().id(), "invoices", Catalogue.EMPTY, 0), nouns.act());
        assertThat(newest())
                .contains(
                        "\"audience\":\"https://invoices.example\"",
                        "\"audience_before\":\"https://orders.example\"",
                        "\"catalogue_added\":\"\"",
                        "\"catalogue_removed\":\"orders:read")
                .doesNotContain("token_life", "upstream", "routes");
    }

    /// As many and as long ones as an Api may have.
    @Test
    void everyRouteOfAnApiHoweverManyItHas() {
        Api api = nouns.api(installed.root().id(), "orders");
        List<Route> routes = IntStream.range(0, Api.MAX_ROUTES)
                .mapToObj(i -> route("GET", "/orders/" + i + "/lines"))
                .toList();
        Api added = done(store.apis().add(with(api, routes), nouns.act()));
        for (int i = 0; i < Api.MAX_ROUTES; i++) {
            assertThat(newest()).contains("GET\\u0009/orders/" + i + "/lines\\u0009any\\u0009orders:read");
        }
        List<Route> changed = new ArrayList<>(
                routes.stream().map(route -> route("GET", route.path().text())).toList());
        changed.set(Api.MAX_ROUTES - 1, route("PUT", "/orders/last"));
        store.apis().replace(with(added, changed), nouns.act());
        assertThat(newest())
                .contains(
                        "\"routes_added\":\"PUT\\u0009/orders/last\\u0009any\\u0009orders:read\"",
                        "\"routes_removed\":\"GET\\u0009/orders/1999/lines\\u0009any\\u0009orders:read\"",
                        "\"routes_sha256\":\"" + sha256(changed) + "\"");
    }

    private static <T> T done(Stored<T> stored) {
        return ((Stored.Done<T>) stored).value();
    }

    private Route route(String method, String path) {
        return new Route(
                nouns.id(Kind.ROUTE),
                Set.of(method),
                PathPattern.parse(path).orElseThrow(),
                new Need.AnyOf(Scopes.of("orders:read")));
    }

    private static Api with(Api api, List<Route> routes) {
        return new Api(
                api.id(),
                api.organization(),
                api.name(),
                api.audience(),
                api.issuer(),
                api.listener(),
                api.hosts(),
                api.keyHeader(),
                api.tokens(),
                api.upstream(),
                api.catalogue(),
                routes,
                RouteTable.of(routes),
                api.onDatabaseLoss(),
                api.cors(),
                api.limits(),
                api.speech(),
                api.clients(),
                api.version());
    }

    /// As an auditor makes it from the lines of all rows.
    private static String sha256(List<Route> routes) {
        String lines = routes.stream()
                .map(route -> String.join(
                        "\t", route.methods().iterator().next(), route.path().text(), "any", "orders:read"))
                .collect(Collectors.joining("\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
