package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
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
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// One small world to decide in: a root, an organization below it, an application, a credential.
record World(
        Map<Place, Id> ids,
        Map<Place, Standing> standings,
        Optional<Rights> role,
        Reach reach,
        Restrictions restrictions) {
    static final InetAddress HERE = AddressBlock.numeric("127.0.0.1").orElseThrow();
    static final Id API = new Id(Kind.API, 1);
    static final Catalogue CATALOGUE = Catalogue.of(Map.of(
            "read", new Catalogue.Entry("read", Scopes.NONE),
            "write", new Catalogue.Entry("write", Scopes.of("read")),
            "admin", new Catalogue.Entry("admin", Scopes.NONE)));
    private static final AtomicLong NEXT = new AtomicLong(100);

    /// Where a member stands above the request.
    enum Place {
        ROOT(Kind.ORGANIZATION),
        ORGANIZATION(Kind.ORGANIZATION),
        APPLICATION(Kind.APPLICATION),
        CREDENTIAL(Kind.CREDENTIAL);

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

    Members members(CredentialKind kind) {
        Organization root =
                new Organization(id(Place.ROOT), Optional.empty(), "root", standings.get(Place.ROOT), Instant.EPOCH);
        Organization organization = new Organization(
                id(Place.ORGANIZATION),
                Optional.of(root.id()),
                "acme",
                standings.get(Place.ORGANIZATION),
                Instant.EPOCH);
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
                List.of(organization, root));
    }

    Facts.Direct direct(CredentialKind kind) {
        return new Facts.Direct(api(), members(kind));
    }

    /// A token as it would be issued now.
    Facts.Derived token(Scopes scopes, Instant now) {
        Members members = members(CredentialKind.SECRET);
        long chain = members.chain().stream()
                .mapToLong(each -> each.standing().generation())
                .sum();
        Lineage lineage = new Lineage(
                members.organization().id(),
                members.application().id(),
                members.credential().id(),
                new Generations(
                        members.credential().standing().generation(),
                        members.application().standing().generation(),
                        0,
                        chain));
        return new Facts.Derived(
                api(),
                members,
                new Claims(
                        new Id(Kind.TOKEN, NEXT.incrementAndGet()),
                        API,
                        "client",
                        "client",
                        lineage,
                        scopes,
                        now,
                        now.plusSeconds(900)),
                false);
    }
}
