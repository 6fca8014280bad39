package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Claims;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// One small world to decide in: a root, an organization below it, an application, a credential; below the
/// organization another one with a customer.
record World(
        Map<Place, Id> ids,
        Map<Place, Standing> standings,
        Optional<Rights> role,
        Reach reach,
        Restrictions restrictions) {
    static final InetAddress HERE = AddressBlock.numeric("127.0.0.1").orElseThrow();
    static final Id API = new Id(Kind.API, 1);
    static final Catalogue CATALOGUE = Catalogue.of(Map.of(
            "read",
            new Catalogue.Entry("read", Scopes.NONE),
            "write",
            new Catalogue.Entry("write", Scopes.of("read")),
            "admin",
            new Catalogue.Entry("admin", Scopes.NONE),
            Subject.SCOPE,
            new Catalogue.Entry("act for customers", Scopes.NONE)));
    private static final AtomicLong NEXT = new AtomicLong(100);

    /// Where a member stands above the request.
    enum Place {
        ROOT(Kind.ORGANIZATION),
        ORGANIZATION(Kind.ORGANIZATION),
        APPLICATION(Kind.APPLICATION),
        CREDENTIAL(Kind.CREDENTIAL),
        CUSTOMER_HOME(Kind.ORGANIZATION),
        CUSTOMER(Kind.CUSTOMER);

        /// Those above every request; the others are above what is done for the customer.
        static final Set<Place> OWN = EnumSet.of(ROOT, ORGANIZATION, APPLICATION, CREDENTIAL);

        private final Kind kind;

        Place(Kind kind) {
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }
    }

    static World standard() {
        Map<Place, Id> ids = new EnumMap<>(Place.class);
        Map<Place, Standing> standings = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            ids.put(place, new Id(place.kind(), NEXT.incrementAndGet()));
            standings.put(place, Standing.FRESH);
        }
        return new World(
                ids, standings, Optional.of(Rights.at(API, CATALOGUE.all())), new Reach.WholeRole(), Restrictions.NONE);
    }

    World with(Place place, UnaryOperator<Standing> change) {
        Map<Place, Standing> changed = new EnumMap<>(standings);
        changed.put(place, change.apply(standings.get(place)));
        return new World(ids, changed, role, reach, restrictions);
    }

    World with(Reach other) {
        return new World(ids, standings, role, other, restrictions);
    }

    World with(Restrictions other) {
        return new World(ids, standings, role, reach, other);
    }

    World withRole(Rights rights) {
        return withRole(Optional.of(rights));
    }

    World withRole(Optional<Rights> rights) {
        return new World(ids, standings, rights, reach, restrictions);
    }

    Id id(Place place) {
        return ids.get(place);
    }

    Api api() {
        return api(API, "orders");
    }

    Api otherApi() {
        return api(new Id(Kind.API, 2), "other");
    }

    private Api api(Id id, String name) {
        return new Api(
                id,
                id(Place.ROOT),
                name,
                "aud:" + name,
                "http://" + name,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                TokenPolicy.DEFAULT,
                Optional.empty(),
                CATALOGUE,
                List.of(),
                RouteTable.of(List.of()),
                0);
    }

    private Organization organization(Place place, Optional<Place> above) {
        return new Organization(id(place), above.map(this::id), place.name(), standings.get(place), Instant.EPOCH);
    }

    private List<Organization> chain() {
        return List.of(
                organization(Place.ORGANIZATION, Optional.of(Place.ROOT)), organization(Place.ROOT, Optional.empty()));
    }

    Subject subject() {
        Organization home = organization(Place.CUSTOMER_HOME, Optional.of(Place.ORGANIZATION));
        return new Subject(
                new Customer(id(Place.CUSTOMER), home.id(), "4711", standings.get(Place.CUSTOMER), Instant.EPOCH),
                List.of(home, chain().getFirst(), chain().getLast()));
    }

    Members members(CredentialKind kind) {
        List<Organization> chain = chain();
        Organization organization = chain.getFirst();
        Organization root = chain.getLast();
        Id roleId = new Id(Kind.ROLE, 1);
        Application application = new Application(
                id(Place.APPLICATION),
                organization.id(),
                "client",
                "app",
                role.map(_ -> roleId),
                standings.get(Place.APPLICATION),
                Instant.EPOCH);
        Credential credential = new Credential(
                id(Place.CREDENTIAL),
                application.id(),
                organization.id(),
                kind,
                "key",
                "…",
                Digest.of(1, new byte[32]),
                reach,
                restrictions,
                standings.get(Place.CREDENTIAL),
                Instant.EPOCH);
        return new Members(
                credential,
                application,
                role.map(rights -> new Role(roleId, root.id(), "role", rights, false, 0)),
                chain);
    }

    Facts.Direct direct(CredentialKind kind) {
        return new Facts.Direct(api(), members(kind));
    }

    /// The application asks to act for the customer.
    Facts.Acting acting() {
        return new Facts.Acting(api(), members(CredentialKind.SECRET), Optional.of(subject()));
    }

    /// A token as it would be issued now.
    Facts.Derived token(Scopes scopes, Instant now) {
        return token(direct(CredentialKind.SECRET), scopes, now);
    }

    /// A token for the customer as it would be issued now.
    Facts.Derived delegated(Scopes scopes, Instant now) {
        return token(acting(), scopes, now);
    }

    /// What a token that is exchanged now becomes.
    Facts.Derived token(Facts facts, Scopes scopes, Instant now) {
        Claims claims = new Claims(
                new Id(Kind.TOKEN, NEXT.incrementAndGet()),
                API,
                facts.subject().map(subject -> subject.customer().id().text()).orElse("client"),
                "client",
                Ancestry.lineage(facts),
                scopes,
                now,
                now.plusSeconds(900));
        return new Facts.Derived(api(), facts.members(), facts.subject(), claims, false);
    }

    /// The same token later, when the members may stand otherwise.
    Facts.Derived later(Facts.Derived token) {
        return new Facts.Derived(
                api(),
                members(CredentialKind.SECRET),
                token.subject().map(_ -> subject()),
                token.claims(),
                token.dead());
    }

    /// The client shows a token that it wants exchanged.
    Facts.Exchanging exchanging(Facts.Derived token) {
        return new Facts.Exchanging(api(), members(CredentialKind.SECRET), Optional.of(later(token)));
    }
}
