package dev.gatehouse.server.bootstrap;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gatehouse's own admin API as an Api like the others, so that the same rights are intersected everywhere. People
/// act at it with a second factor only: they are the provider's staff, and that of its customers. Nobody signs
/// in here today; whatever is to let people in some day is bound by it (ADR 0044).
final class AdminApi {
    private static final List<String> NOUNS =
            List.of("orgs", "apps", "keys", "customers", "users", "apis", "roles", "connections");

    private AdminApi() {}

    static Api of(Id id, Id root) {
        return new Api(
                        id,
                        root,
                        Api.ADMIN,
                        "urn:gatehouse:admin",
                        "urn:gatehouse:admin",
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        TokenPolicy.DEFAULT,
                        Optional.empty(),
                        catalogue(),
                        List.of(),
                        RouteTable.of(List.of()),
                        0)
                .needing(true);
    }

    private static Catalogue catalogue() {
        Map<String, Catalogue.Entry> entries = new LinkedHashMap<>();
        for (String noun : NOUNS) {
            String read = noun + ":read";
            entries.put(read, new Catalogue.Entry("See " + noun, Scopes.NONE));
            entries.put(noun + ":write", new Catalogue.Entry("Create and change " + noun, Scopes.of(read)));
        }
        entries.put(
                "keys:outlive",
                new Catalogue.Entry("Create credentials that outlive the caller's own credential", Scopes.NONE));
        entries.put(
                "keys:reveal",
                new Catalogue.Entry(
                        "Be told secrets of credentials again that their Apis keep", Scopes.of("keys:read")));
        entries.put("audit:read", new Catalogue.Entry("See the audit trail", Scopes.NONE));
        entries.put("nodes:read", new Catalogue.Entry("See nodes and metrics", Scopes.NONE));
        entries.put(
                "tokens:introspect", new Catalogue.Entry("Learn what access tokens of others stand for", Scopes.NONE));
        return Catalogue.of(entries);
    }

    /// The stored admin Api of an installation with the scopes that it lacks, and asking people for a second
    /// factor; empty when it lacks nothing. Scopes that are not known here stay: a newer release may run beside
    /// this one.
    static Optional<Api> extended(Api stored) {
        Map<String, Catalogue.Entry> entries = new LinkedHashMap<>(catalogue().entries());
        entries.putAll(stored.catalogue().entries());
        return entries.keySet().equals(stored.catalogue().entries().keySet()) && stored.secondFactor()
                ? Optional.empty()
                : Optional.of(stored.with(Catalogue.of(entries)).needing(true));
    }
}
