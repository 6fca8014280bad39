package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ApiAddress;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// An Api as one row, its routes and catalogue included, so that no reader ever sees half of a new version.
final class ApiColumns {
    /// What `replace` replaces, in the order of [#replaceable(Api)].
    static final String REPLACEABLE =
            "audience, issuer, listener, hosts, key_header, token_format, token_algorithm, token_padding,"
                    + " token_life,"
                    + " token_least, token_most,"
                    + " upstream, catalogue, routes, database_loss_seconds, cors, limits,"
                    + " dialect, products, test_upstream, returns, reveal, clients, registration, second_factor,"
                    + " details";

    static final String ALL = "id, organization, name, version, " + REPLACEABLE;

    /// Marks scopes that are browser-safe.
    private static final String PAGE = "page";

    /// Beside `RS256`, of tokens that are signed with PS256: the first column has a CHECK, which SQLite changes
    /// of no table that others refer to.
    private static final String PSS = "pss";

    private ApiColumns() {}

    private static boolean pss(Api api) {
        return api.tokens().algorithm() == SigningAlgorithm.PS256;
    }

    static List<Object> replaceable(Api api) {
        return List.of(
                api.audience(),
                api.issuer(),
                Session.text(api.listener()),
                String.join("\n", new TreeSet<>(api.hosts())),
                Session.text(api.keyHeader()),
                api.tokens().format().wire(),
                pss(api)
                        ? SigningAlgorithm.RS256.wire()
                        : api.tokens().algorithm().wire(),
                Session.text(Optional.of(PSS).filter(_ -> pss(api))),
                api.tokens().life().toSeconds(),
                api.tokens().least().toSeconds(),
                api.tokens().most().toSeconds(),
                Session.text(api.upstream().map(URI::toString)),
                catalogue(api.catalogue()),
                RouteColumns.text(api.routes()),
                api.onDatabaseLoss().toSeconds(),
                OriginsColumn.text(api.cors().listed()),
                LimitColumns.text(api.limits()),
                api.speech().dialect(),
                products(api.speech().products()),
                Session.text(api.speech().testUpstream().map(URI::toString)),
                String.join("\n", api.speech().returns()),
                RevealColumn.text(api.speech().reveal()),
                ClientRuleColumn.text(api.clients()),
                RegistrationColumn.text(api.clients().registration()),
                api.secondFactor(),
                DetailColumns.types(api.catalogue().types()));
    }

    /// What [#REPLACEABLE] names, as texts, for the audit trail. Routes are without their ids, which are drawn
    /// anew at every write.
    static Map<String, String> texts(Api api) {
        Map<String, String> byColumn = new LinkedHashMap<>();
        List<Object> values = replaceable(api);
        List<String> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            byColumn.put(columns.get(i), text(values.get(i)));
        }
        Fields routes = new Fields();
        api.routes().forEach(route -> routes.line(RouteColumns.what(route)));
        byColumn.put("routes", routes.text());
        return byColumn;
    }

    private static String text(Object value) {
        boolean nothing = value instanceof Session.Absent || Boolean.FALSE.equals(value);
        return nothing ? "" : value.toString();
    }

    /// The names in [#REPLACEABLE].
    static List<String> columns() {
        return Arrays.stream(REPLACEABLE.split(",", -1)).map(String::strip).toList();
    }

    static Api read(Row row) {
        List<Route> routes = RouteColumns.read(row.text("routes"));
        return new Api(
                Ids.read(row, "id", Kind.API),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("name"),
                row.text("audience"),
                row.text("issuer"),
                row.maybeText("listener"),
                hosts(row.text("hosts")),
                row.maybeText("key_header"),
                tokens(row),
                row.maybeText("upstream").map(URI::create),
                DetailColumns.in(catalogue(row.text("catalogue")), row.text("details")),
                routes,
                RouteTable.of(routes),
                Duration.ofSeconds(row.number("database_loss_seconds")),
                OriginSet.of(OriginsColumn.read(row.text("cors"))),
                LimitColumns.read(row.text("limits")),
                new Speech(
                        row.text("dialect"),
                        products(row.text("products")),
                        row.maybeText("test_upstream").map(URI::create),
                        lines(row.text("returns")),
                        RevealColumn.read(row.text("reveal"))),
                ClientRuleColumn.read(row.text("clients"))
                        .registering(RegistrationColumn.read(row.text("registration"))),
                row.flag("second_factor"),
                row.number("version"));
    }

    /// Least and most are absent, or older than the life, where a release wrote the row that does not know them.
    private static TokenPolicy tokens(Row row) {
        long life = row.number("token_life");
        return new TokenPolicy(
                format(row.text("token_format")),
                row.maybeText("token_padding").isPresent()
                        ? SigningAlgorithm.PS256
                        : algorithm(row.text("token_algorithm")),
                Duration.ofSeconds(life),
                Duration.ofSeconds(Math.min(row.maybeNumber("token_least").orElse(1L), life)),
                Duration.ofSeconds(Math.max(row.maybeNumber("token_most").orElse(life), life)));
    }

    private static String products(Map<String, String> products) {
        Fields out = new Fields();
        products.forEach(out::line);
        return out.text();
    }

    private static Map<String, String> products(String column) {
        Map<String, String> products = new HashMap<>();
        Fields.read(column, 2).forEach(line -> products.put(line.get(0), line.get(1)));
        return products;
    }

    /// The columns `listener` and `hosts`.
    static ApiAddress address(Row row) {
        return new ApiAddress(row.maybeText("listener"), hosts(row.text("hosts")));
    }

    private static Set<String> hosts(String column) {
        return Set.copyOf(lines(column));
    }

    private static List<String> lines(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split("\n", -1));
    }

    private static TokenFormat format(String wire) {
        return Arrays.stream(TokenFormat.values())
                .filter(format -> format.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored token format is unknown"));
    }

    private static SigningAlgorithm algorithm(String wire) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> algorithm.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored signing algorithm is unknown"));
    }

    private static String catalogue(Catalogue catalogue) {
        Fields out = new Fields();
        catalogue.entries().forEach((scope, entry) -> out.line(words(scope, entry)));
        return out.text();
    }

    /// A fourth field only where it says something: the releases before know three.
    private static String[] words(String scope, Catalogue.Entry entry) {
        return entry.browserSafe()
                ? new String[] {scope, entry.description(), entry.implies().text(), PAGE}
                : new String[] {scope, entry.description(), entry.implies().text()};
    }

    private static Catalogue catalogue(String column) {
        Map<String, Catalogue.Entry> entries = new HashMap<>();
        for (List<String> line : Fields.read(column, 3, 4)) {
            boolean page = line.size() > 3 && line.get(3).equals(PAGE);
            entries.put(line.get(0), new Catalogue.Entry(line.get(1), Columns.scopes(line.get(2)), page));
        }
        return Catalogue.of(entries);
    }
}
