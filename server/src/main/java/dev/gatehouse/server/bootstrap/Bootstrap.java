package dev.gatehouse.server.bootstrap;

import dev.gatehouse.core.api.Api;
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
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues bootstrap keys: API keys of the application `bootstrap` in the root organization, with the whole
/// built-in role `owner`, valid for [#LIFE]. The first start issues one by itself; later ones need access to the
/// node's files.
public final class Bootstrap {
    /// How long a bootstrap key is valid (GAUNTLET N05).
    public static final Duration LIFE = Duration.ofHours(24);

    private static final String NAME = "bootstrap";

    private static final Slice OWNER = new Slice(Optional.empty(), 0, 10, Optional.of("owner"), false);

    private final CheckKeys checkKeys;
    private final Pepper pepper;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// A bootstrap that draws keys from `random`, which must be cryptographically strong.
    public Bootstrap(CheckKeys checkKeys, Pepper pepper, InstantSource clock, RandomGenerator random) {
        this.checkKeys = checkKeys;
        this.pepper = pepper;
        this.clock = clock;
        this.random = random;
    }

    /// Installs the root organization, the admin Api, the owner role and the first bootstrap key into an empty
    /// database. Returns that key, to be shown once; empty when the database was not empty.
    ///
    /// @param keyFile the public name of this node's key file
    public Optional<Secret> install(Store store, String keyFile) {
        Instant now = clock.instant();
        Organization root = new Organization(
                Id.random(Kind.ORGANIZATION, random), Optional.empty(), "provider", Standing.FRESH, now);
        Api admin = AdminApi.of(Id.random(Kind.API, random), root.id());
        Role owner = new Role(
                Id.random(Kind.ROLE, random),
                root.id(),
                "owner",
                Rights.at(admin.id(), admin.catalogue().all()),
                true,
                0);
        Application application = new Application(
                Id.random(Kind.APPLICATION, random),
                root.id(),
                NAME,
                NAME,
                Optional.of(owner.id()),
                Standing.FRESH,
                now);
        Drawn drawn = draw(application, now);
        Stored<Installation> stored = store.install(
                new Installation(root, admin, owner, application, drawn.credential(), keyFile), Act.system(NAME, now));
        return stored instanceof Stored.Done<Installation> ? Optional.of(drawn.key()) : Optional.empty();
    }

    /// Adds the admin scopes that came with this release to an installation of an earlier one, and to its owner
    /// role in the same transaction.
    ///
    /// @throws BootstrapException when they cannot be added
    public void extend(Store store) {
        store.apis().apis().stream()
                .filter(api -> api.name().equals(Api.ADMIN))
                .flatMap(api -> AdminApi.extended(api).stream())
                .forEach(api -> extend(store, api));
    }

    private void extend(Store store, Api extended) {
        switch (store.apis().replace(extended, Act.system(NAME, clock.instant()))) {
            case Stored.Done<Api> _, Stored.Moved<Api> _ -> {} // moved: another node was first
            case Stored.Missing<Api> _ -> throw new BootstrapException("the admin Api is gone");
            case Stored.Conflict<Api>(String what, var _) -> throw new BootstrapException(what);
            case Stored.Full<Api>(String what) -> throw new BootstrapException(what);
            case Stored.Forbidden<Api>(Stored.Rule rule) -> throw new BootstrapException(rule.name());
        }
    }

    /// Issues another bootstrap key, for an operator who lost the first or let it expire. Where the application
    /// `bootstrap` is held, revoked, full or no owner any more, an application of its own comes in its place, so
    /// that whoever has the node's files is never locked out.
    ///
    /// @throws BootstrapException when the database is empty or others keep changing it
    public Secret renew(Store store) {
        Instant now = clock.instant();
        Role owner = owner(store);
        return store.members()
                .applicationByClientId(NAME)
                .filter(application -> mayDoAll(application, owner, now))
                .flatMap(application -> added(store, application, now))
                .orElseGet(() -> successor(store, owner, now));
    }

    private static Role owner(Store store) {
        return store.apis().apis().stream()
                .filter(api -> api.name().equals(Api.ADMIN))
                .flatMap(admin -> store.apis().roles(admin.organization(), OWNER).items().stream())
                .filter(Role::builtIn)
                .findFirst()
                .orElseThrow(() -> new BootstrapException("this database is empty: the first start makes a key"));
    }

    private static boolean mayDoAll(Application application, Role owner, Instant now) {
        Standing standing = application.standing();
        return application.organization().equals(owner.organization())
                && application.role().filter(owner.id()::equals).isPresent()
                && standing.holds().isEmpty()
                && !standing.revoked()
                && !standing.window().early(now)
                && !standing.window().over(now.plus(LIFE));
    }

    /// Empty when the application takes no more keys.
    private Optional<Secret> added(Store store, Application application, Instant now) {
        Drawn drawn = draw(application, now);
        return store.members().add(drawn.credential(), Act.system(NAME, now)) instanceof Stored.Done<Credential>
                ? Optional.of(drawn.key())
                : Optional.empty();
    }

    private Secret successor(Store store, Role owner, Instant now) {
        Id id = Id.random(Kind.APPLICATION, random);
        String name = NAME + "-" + id.text();
        Application application =
                new Application(id, owner.organization(), name, name, Optional.of(owner.id()), Standing.FRESH, now);
        return switch (store.members().add(application, Act.system(NAME, now))) {
            case Stored.Done<Application>(Application added, var _) ->
                added(store, added, now).orElseThrow(() -> new BootstrapException(name + " was changed at once"));
            case Stored.Missing<Application> _ -> throw new BootstrapException("the root organization is gone");
            case Stored.Conflict<Application>(String what, var _) -> throw new BootstrapException(what);
            case Stored.Moved<Application> _ -> throw new BootstrapException("the root organization was changed");
            case Stored.Full<Application>(String what) -> throw new BootstrapException(what);
            case Stored.Forbidden<Application>(Stored.Rule rule) -> throw new BootstrapException(rule.name());
        };
    }

    private record Drawn(Credential credential, Secret key) {}

    private Drawn draw(Application application, Instant now) {
        Id id = Id.random(Kind.CREDENTIAL, random);
        KeyString key = KeyString.draw(CredentialKind.API_KEY, "live", id, checkKeys, random);
        Credential credential = new Credential(
                id,
                application.id(),
                application.organization(),
                CredentialKind.API_KEY,
                NAME,
                key.hint(),
                pepper.digest(key.text()),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.within(Window.until(now.plus(LIFE))),
                now);
        return new Drawn(credential, key.text());
    }
}
