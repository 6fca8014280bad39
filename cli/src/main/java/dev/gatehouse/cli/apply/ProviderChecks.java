package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.Map;

/// What can be known to be wrong with an identity provider of a file.
record ProviderChecks(Server server, Map<Key, Wanted> wanted, References references, Mistakes mistakes) {
    /// Who writes it, and what it names.
    void check(Wanted one) {
        if (!server.caller().provider()) {
            mistakes.add(
                    one.place(), "identity providers are written by the provider, and your key is not the provider's");
        }
        ProviderShape.organizations(one.spec()).stream()
                .map(Key.Organization::new)
                .filter(key -> !key.path().top()
                        && !wanted.containsKey(key)
                        && server.at(key).isEmpty())
                .forEach(key -> mistakes.add(one.place(), key + " is neither here nor on the server"));
        one.spec().items("apis").forEach(api -> references.checkApi(one.place(), Difference.shown(api)));
    }

    /// What a provider gave is not kept in files, and nobody else has it.
    void needsSecret(Wanted one, Json.Obj spec) {
        if (one.key() instanceof Key.Provider && one.secret().isPresent() != ProviderShape.secret(spec)) {
            mistakes.add(
                    one.place(),
                    one.key() + " needs secret-env or secret-file with a method that has a secret, and has none with"
                            + " private_key_jwt");
        }
    }

    /// Whether it begins to prove itself by a secret.
    static boolean secretBegins(Wanted one, Json.Obj spec, Found found) {
        return one.key() instanceof Key.Provider && ProviderShape.secret(spec) && !ProviderShape.secret(found.spec());
    }
}
