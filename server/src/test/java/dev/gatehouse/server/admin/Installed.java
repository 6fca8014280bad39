package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.storage.Storage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A provider with the Apis `gatehouse` and `orders`, in an embedded database. Slow to make, so the tests of one
/// class share it; what each of them changes hangs below a [World] of its own.
final class Installed implements AutoCloseable {
    static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    static final Act ACT = Act.system("test", NOW);

    final Random random = new Random(7);
    final Keys keys;
    final CheckKeys checkKeys = CheckKeys.of(List.of(CheckKeys.Entry.of('1', new byte[32])));
    final Pepper pepper = Pepper.of(List.of(Pepper.Entry.of(1, new byte[32])));
    final Store store;
    final Custody custody;
    final Organization root;
    final Api admin;
    final Api orders;
    final Role owner;
    final Application rootApp;
    final World.Key rootKey;

    Installed(Path folder) {
        store = new Storage(_ -> new byte[32], random, () -> NOW, System::nanoTime).sqlite(folder);
        SecureRandom strong = new SecureRandom();
        custody = Custody.open(folder.resolve(Custody.FILE), true, strong);
        keys = new Keys(store.keys(), custody, CryptoProviders.jdk(), strong, () -> NOW);
        root = new Organization(
                Id.random(Kind.ORGANIZATION, random), Optional.empty(), "provider", Standing.FRESH, NOW);
        admin = api(
                Api.ADMIN,
                catalogue(
                        "orgs:read",
                        "",
                        "orgs:write",
                        "orgs:read",
                        "apps:read",
                        "",
                        "apps:write",
                        "apps:read",
                        "keys:read",
                        "",
                        "keys:write",
                        "keys:read",
                        "customers:read",
                        "",
                        "customers:write",
                        "customers:read",
                        "users:read",
                        "",
                        "users:write",
                        "users:read",
                        "apis:read",
                        "",
                        "apis:write",
                        "apis:read",
                        "roles:read",
                        "",
                        "roles:write",
                        "roles:read",
                        "connections:read",
                        "",
                        "connections:write",
                        "connections:read",
                        "audit:read",
                        "",
                        "nodes:read",
                        "",
                        "keys:outlive",
                        "",
                        "keys:reveal",
                        ""));
        owner = new Role(
                Id.random(Kind.ROLE, random),
                root.id(),
                "owner",
                Rights.at(admin.id(), admin.catalogue().all()),
                true,
                0);
        rootApp = application(root, "console", owner);
        rootKey = key(rootApp, new Reach.WholeRole(), Window.ALWAYS, Restrictions.NONE);
        done(store.install(
                new Installation(root, admin, owner, rootApp, rootKey.credential(), custody.installation()), ACT));
        orders = done(store.apis()
                .add(api("orders", catalogue("orders:read", "", "orders:write", "orders:read", "refunds", "")), ACT));
    }

    static <T> T done(Stored<T> stored) {
        return switch (stored) {
            case Stored.Done<T>(T value, var _) -> value;
            case Stored.Missing<T> missing -> throw new AssertionError(missing);
            case Stored.Conflict<T> conflict -> throw new AssertionError(conflict);
            case Stored.Moved<T> moved -> throw new AssertionError(moved);
            case Stored.Full<T> full -> throw new AssertionError(full);
            case Stored.Forbidden<T> forbidden -> throw new AssertionError(forbidden);
        };
    }

    /// An application that is not stored yet.
    Application application(Organization organization, String name, Role role) {
        Id id = Id.random(Kind.APPLICATION, random);
        return new Application(id, organization.id(), id.text(), name, Optional.of(role.id()), Standing.FRESH, NOW);
    }

    /// A key that is not stored yet.
    World.Key key(Application application, Reach reach, Window window, Restrictions restrictions) {
        Id id = Id.random(Kind.CREDENTIAL, random);
        KeyString key = KeyString.draw(CredentialKind.API_KEY, "live", id, checkKeys, random);
        Credential credential = new Credential(
                id,
                application.id(),
                application.organization(),
                key.kind(),
                "a key",
                key.hint(),
                pepper.digest(key.text()),
                reach,
                restrictions,
                Standing.within(window),
                NOW);
        return new World.Key(credential, key.text().reveal());
    }

    private Api api(String name, Catalogue catalogue) {
        return new Api(
                Id.random(Kind.API, random),
                root.id(),
                name,
                "urn:" + name,
                "https://" + name + ".test",
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                TokenPolicy.DEFAULT,
                Optional.empty(),
                catalogue,
                List.of(),
                RouteTable.of(List.of()),
                0);
    }

    /// Scope and what it implies, in pairs.
    private static Catalogue catalogue(String... pairs) {
        Map<String, Catalogue.Entry> entries = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Scopes implied = pairs[i + 1].isEmpty() ? Scopes.NONE : Scopes.of(pairs[i + 1]);
            entries.put(pairs[i], new Catalogue.Entry(pairs[i], implied));
        }
        return Catalogue.of(entries);
    }

    @Override
    public void close() {
        store.close();
    }
}
