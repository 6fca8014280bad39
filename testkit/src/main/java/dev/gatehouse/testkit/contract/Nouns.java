package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.Retirement;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.StoredKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Well-formed nouns with ids of a seeded generator.
public final class Nouns {
    /// When everything is made. Whole microseconds.
    /// Keys of nobody; stores read no keys.
    public static final PublicKeys JWKS = new PublicKeys("{\"keys\":[{\"kty\":\"OKP\",\"kid\":\"one\"}]}");

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private final RandomGenerator random;

    /// Nouns that are the same for the same seed.
    public Nouns(long seed) {
        this.random = new Random(seed);
    }

    /// A fresh id.
    public Id id(Kind kind) {
        return Id.random(kind, random);
    }

    /// Somebody's act.
    public Act act() {
        return new Act(
                new Act.Actor.Member(id(Kind.ORGANIZATION), id(Kind.APPLICATION), id(Kind.CREDENTIAL)), "req-1", NOW);
    }

    /// What a first start installs.
    public Installation installation() {
        return installation("");
    }

    /// The same with something after each name that must be unique.
    public Installation installation(String mark) {
        Organization root =
                new Organization(id(Kind.ORGANIZATION), Optional.empty(), "Provider" + mark, Standing.FRESH, NOW);
        Api admin = api(root.id(), Api.ADMIN + mark);
        Role owner = new Role(
                id(Kind.ROLE),
                root.id(),
                "owner",
                Rights.at(admin.id(), admin.catalogue().all()),
                true,
                0);
        Application bootstrap = new Application(
                id(Kind.APPLICATION),
                root.id(),
                "bootstrap" + mark,
                "Bootstrap" + mark,
                Optional.of(owner.id()),
                Standing.FRESH,
                NOW);
        Credential key = credential(bootstrap, CredentialKind.API_KEY);
        return new Installation(
                root, admin, owner, bootstrap, key, "keys " + key.id().text());
    }

    /// An organization below another.
    public Organization organization(Id parent, String name) {
        return new Organization(id(Kind.ORGANIZATION), Optional.of(parent), name, Standing.FRESH, NOW);
    }

    /// An application without a role.
    public Application application(Id organization, String clientId) {
        return new Application(
                id(Kind.APPLICATION),
                organization,
                clientId,
                "name of " + clientId,
                Optional.empty(),
                Standing.FRESH,
                NOW);
    }

    /// An application with this role.
    public Application application(Id organization, String clientId, Id role) {
        return new Application(
                id(Kind.APPLICATION),
                organization,
                clientId,
                "name of " + clientId,
                Optional.of(role),
                ClientTerms.MACHINE,
                Optional.of(Duration.ofMinutes(5)),
                Standing.FRESH,
                NOW);
    }

    /// A user of whom something is known.
    public User user(Id organization, String username) {
        Profile profile =
                new Profile(Map.of(ProfileClaim.NAME, "Ünï \uD83D\uDE00\\", ProfileClaim.EMAIL, "a@b.example"));
        return new User(id(Kind.USER), organization, username, profile, Standing.FRESH, NOW);
    }

    /// A membership without a role.
    public Membership membership(Id user, Id organization) {
        return new Membership(id(Kind.MEMBERSHIP), user, organization, Optional.empty(), Standing.FRESH, NOW);
    }

    /// A password; nobody knows of what.
    public Credential password(User user) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Credential(
                id(Kind.CREDENTIAL),
                user.id(),
                user.organization(),
                CredentialKind.PASSWORD,
                "password",
                "",
                Digest.of(1, digest),
                Optional.of("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ"),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                NOW);
    }

    /// A key of a membership.
    public Credential key(Membership membership) {
        return key(membership, CredentialKind.API_KEY);
    }

    /// The same of a kind that is drawn.
    public Credential key(Membership membership, CredentialKind kind) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Credential(
                id(Kind.CREDENTIAL),
                membership.id(),
                membership.organization(),
                kind,
                "key",
                "ghk_live_…0000",
                Digest.of(1, digest),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                NOW);
    }

    /// A credential with every kind of limit on it.
    public Credential credential(Application application, CredentialKind kind) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        Evidence evidence = switch (kind) {
            case PUBLIC_KEY -> JWKS;
            case SIGNING_KEY -> SealedKey.of(digest);
            case API_KEY, SECRET, DOMAIN_KEY, USER_SECRET, PASSWORD, IDENTITY -> Digest.of(3, digest);
        };
        return new Credential(
                id(Kind.CREDENTIAL),
                application.id(),
                application.organization(),
                kind,
                "key",
                "ghk_live_…abcd",
                evidence,
                new Reach.Only(Rights.at(id(Kind.API), Scopes.of("orders:read", "orders:write"))),
                new Restrictions(
                        Restriction.only(List.of(
                                AddressBlock.parse("192.0.2.0/24").orElseThrow(),
                                AddressBlock.parse("2001:db8::/32").orElseThrow())),
                        Restriction.only(List.of(id(Kind.API))),
                        Restriction.unrestricted(),
                        Optional.of(new Rate(25, 60, 5))),
                Standing.FRESH,
                NOW);
    }

    /// A customer of an organization.
    public Customer customer(Id organization, String name) {
        return new Customer(id(Kind.CUSTOMER), organization, name, Standing.FRESH, NOW);
    }

    /// What stands for an encrypted credential.
    public static final Encrypted SEALED = Encrypted.of(new byte[] {7, 0, -1});

    /// A connection that Gatehouse keeps alive.
    public Connection connection(Id organization, String name) {
        return new Connection(
                        id(Kind.CONNECTION),
                        organization,
                        "Salesforce",
                        ConnectionKind.OAUTH_INTERNAL,
                        name,
                        "",
                        Standing.FRESH,
                        NOW)
                .until(Optional.of(NOW.plusSeconds(3600)));
    }

    /// An Api with one route of each need and a catalogue whose descriptions have every character that needs
    /// care.
    public Api api(Id organization, String name) {
        return api(
                id(Kind.API),
                organization,
                name,
                Catalogue.of(Map.of(
                        "orders:read", new Catalogue.Entry("Read\tthe \\n orders\nç \uD83D\uDE00", Scopes.NONE, true),
                        "orders:write", new Catalogue.Entry("", Scopes.of("orders:read")))),
                0);
    }

    /// The same with this catalogue and version.
    public Api api(Id id, Id organization, String name, Catalogue catalogue, long version) {
        List<Route> routes = List.of(
                route("/health", Set.of("GET"), new Need.Open()),
                route("/me", Set.of("GET", "PUT"), new Need.Authenticated()),
                route("/orders/{id}", Set.of("GET"), new Need.AnyOf(Scopes.of("orders:read", "orders:write"))),
                new Route(
                        id(Kind.ROUTE),
                        Set.of(Route.ANY_METHOD),
                        PathPattern.parse("/orders/**").orElseThrow(),
                        new Need.AllOf(Scopes.of("orders:write")),
                        Optional.of(new Rate(15, 1, 15)),
                        Optional.empty(),
                        Optional.of(new Retirement(NOW, Optional.empty(), Optional.empty()))),
                new Route(
                        id(Kind.ROUTE),
                        Set.of(Route.ANY_METHOD),
                        PathPattern.parse("/crm/**").orElseThrow(),
                        new Need.Authenticated(),
                        Optional.empty(),
                        Optional.of(new ConnectionRule.InHeader("X-Connection"))),
                new Route(
                        id(Kind.ROUTE),
                        Set.of("GET"),
                        PathPattern.parse("/own/**").orElseThrow(),
                        new Need.Authenticated(),
                        Optional.of(new Rate(2, 1, 2)),
                        Optional.of(new ConnectionRule.Named("CRM\t\u00e7 1")),
                        Optional.of(new Retirement(
                                NOW, Optional.of(NOW.plusSeconds(86_400)), Optional.of("https://docs.example/v2")))));
        return new Api(
                id,
                organization,
                name,
                "https://" + name + ".example",
                "https://login.example/" + name,
                Optional.of(name),
                Set.of(name + ".example", name + ".example:8443"),
                Optional.of("X-Api-Key"),
                new TokenPolicy(
                        TokenFormat.SEALED,
                        SigningAlgorithm.PS256,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(1),
                        Duration.ofHours(2)),
                Optional.of(URI.create("http://127.0.0.1:9000")),
                catalogue,
                routes,
                RouteTable.of(routes),
                Duration.ofSeconds(90),
                OriginSet.of(List.of(origin("https://app.example"), origin("https://*.pages.example:8443"))),
                new Limits(
                        Optional.of(new Rate(100, 1, 200)),
                        Optional.empty(),
                        Optional.of(new Rate(20, 86_400, 20)),
                        Optional.of(new Rate(500, 60, 100))),
                new Speech(
                        "sfs",
                        Map.of("chat", "https://chat.example/prod", "bot", "https://bot.example"),
                        Optional.of(URI.create("http://127.0.0.1:9001")),
                        List.of("https://app.example/settings", "https://other.example/"),
                        Set.of(CredentialKind.API_KEY, CredentialKind.SECRET)),
                new ClientRules(
                        Set.of(ClientRule.PUSHED, ClientRule.BOUND),
                        true,
                        Duration.ofSeconds(90),
                        Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING),
                        Optional.of(new RegistrationPolicy(
                                List.of("Partners/north", "Apps"),
                                "partner",
                                true,
                                true,
                                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE),
                                Set.of(ClientMethod.NONE),
                                Set.of("app.example.com", "[::1]"),
                                false,
                                17,
                                new Rate(9, 60, 11),
                                Optional.of(Duration.ofDays(45)))),
                        Optional.of("https://mtls.example"),
                        true),
                version);
    }

    /// A pattern of origins.
    public static OriginPattern origin(String text) {
        return OriginPattern.parse(text).orElseThrow();
    }

    /// A domain key for these origins, with a scope at one Api.
    public Credential domainKey(Application application, Id api, String... origins) {
        Credential key = credential(application, CredentialKind.DOMAIN_KEY);
        return new Credential(
                key.id(),
                key.holder(),
                key.organization(),
                key.kind(),
                key.name(),
                "ghd_live_…abcd",
                key.evidence(),
                new Reach.Only(Rights.at(api, Scopes.of("orders:read"))),
                new Restrictions(
                        Restriction.unrestricted(),
                        Restriction.unrestricted(),
                        Restriction.ofListed(
                                Stream.of(origins).map(Nouns::origin).toList())),
                key.standing(),
                key.createdAt());
    }

    private Route route(String path, Set<String> methods, Need need) {
        return new Route(id(Kind.ROUTE), methods, PathPattern.parse(path).orElseThrow(), need);
    }

    /// A prepared key.
    public StoredKey key(Optional<Id> api, StoredKey.Use use) {
        return new StoredKey(
                id(Kind.KEY),
                api,
                use,
                use == StoredKey.Use.SEAL ? "XAES-256-GCM" : "ES256",
                StoredKey.State.PREPARED,
                "{\"kty\":\"EC\"}",
                Encrypted.of(new byte[] {0, -1, 5}),
                NOW,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /// The step of a key to this state at this moment.
    public static KeyStep step(StoredKey before, StoredKey.State to, Instant now) {
        Optional<Instant> at = Optional.of(now);
        boolean activated = to == StoredKey.State.ACTIVE && before.activatedAt().isEmpty();
        boolean ended = to == StoredKey.State.RETIRED || to == StoredKey.State.WITHDRAWN;
        return new KeyStep(
                before,
                new StoredKey(
                        before.id(),
                        before.api(),
                        before.use(),
                        before.algorithm(),
                        to,
                        before.publicPart(),
                        to == StoredKey.State.WITHDRAWN
                                ? Encrypted.of(new byte[0])
                                : Encrypted.of(new byte[] {1, (byte) before.version()}),
                        before.createdAt(),
                        activated ? at : before.activatedAt(),
                        ended ? before.retiredAt().or(() -> at) : before.retiredAt(),
                        before.version() + 1));
    }
}
