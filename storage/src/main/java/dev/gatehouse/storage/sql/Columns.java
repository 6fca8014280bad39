package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.feed.FactLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Members and roles as rows: the column lists of every statement, and what reads and writes them.
final class Columns {
    static final String STANDING = "holds, revoked, generation, not_before, expires_at, version";
    static final String ORGANIZATION = "id, parent, name, created_at, first_key, " + AccessColumns.ALL
            + ", second_factor, default_role, " + STANDING;
    static final String APPLICATION = "id, organization, client_id, name, role, client, token_life, created_at, "
            + LogoutColumns.ALL + ", " + STANDING;
    static final String CREDENTIAL =
            "id, application, person, membership, organization, kind, name, hint, pepper, digest, stretch, jwks, sealed,"
                    + " whole_role, rights, addresses, apis, origins, rate, note, created_at, " + STANDING;
    static final String CUSTOMER = "id, organization, name, created_at, " + STANDING;
    static final String USER = "id, organization, username, profile, created_at, " + STANDING;
    static final String MEMBERSHIP = "id, person, organization, role, created_at, " + STANDING;
    static final String ROLE = "id, organization, name, rights, built_in, version";

    private Columns() {}

    static Standing standing(Row row) {
        return new Standing(
                Hold.of((int) row.number("holds")),
                row.flag("revoked"),
                row.number("generation"),
                new Window(
                        row.maybeNumber("not_before").map(Micros::read),
                        row.maybeNumber("expires_at").map(Micros::read)),
                row.number("version"));
    }

    /// The parameters of the columns of [#STANDING] for a new row, whose version is zero.
    static List<Object> standing(Standing standing) {
        return List.of(
                Hold.bits(standing.holds()),
                standing.revoked(),
                standing.generation(),
                Session.number(standing.window().notBefore().map(Micros::of)),
                Session.number(standing.window().expiresAt().map(Micros::of)),
                0L);
    }

    static Organization organization(Row row) {
        return new Organization(
                Ids.read(row, "id", Kind.ORGANIZATION),
                Ids.maybe(row, "parent", Kind.ORGANIZATION),
                row.text("name"),
                standing(row),
                Micros.read(row.number("created_at")),
                FirstKey.read(row.text("first_key")),
                AccessColumns.read(row),
                row.flag("second_factor"),
                DefaultRole.read(row.text("default_role")));
    }

    static Application application(Row row) {
        ClientTerms terms = ClientColumn.read(row.text("client"));
        return new Application(
                Ids.read(row, "id", Kind.APPLICATION),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("client_id"),
                row.text("name"),
                Ids.maybe(row, "role", Kind.ROLE),
                terms.telling(LogoutColumns.read(row, terms.redirects())),
                row.maybeNumber("token_life").map(Duration::ofSeconds),
                standing(row),
                Micros.read(row.number("created_at")));
    }

    static Credential credential(Row row) {
        return new Credential(
                Ids.read(row, "id", Kind.CREDENTIAL),
                holder(row),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                credentialKind(row.text("kind")),
                row.text("name"),
                row.text("hint"),
                evidence(row),
                row.maybeText("stretch"),
                row.flag("whole_role") ? new Reach.WholeRole() : new Reach.Only(rights(row.text("rights"))),
                new Restrictions(
                        addresses(row.text("addresses")),
                        apis(row.text("apis")),
                        Restriction.ofListed(origins(row.text("origins"))),
                        LimitColumns.maybe(row.text("rate"))),
                standing(row),
                Micros.read(row.number("created_at")),
                row.text("note"));
    }

    static Customer customer(Row row) {
        return new Customer(
                Ids.read(row, "id", Kind.CUSTOMER),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("name"),
                standing(row),
                Micros.read(row.number("created_at")));
    }

    /// Its public keys, the key that it signs with, or the digest of its secret.
    private static Evidence evidence(Row row) {
        return row.maybeText("jwks")
                .<Evidence>map(PublicKeys::new)
                .or(() -> row.maybeBytes("sealed").map(SealedKey::of))
                .orElseGet(() -> Digest.of((int) row.number("pepper"), row.bytes("digest")));
    }

    /// The parameters of the columns that [#evidence(Row)] reads, with `stretch` between them.
    static List<Object> evidence(Credential credential) {
        Optional<Digest> digest = credential.digest();
        Optional<String> jwks =
                credential.evidence() instanceof PublicKeys(String keys) ? Optional.of(keys) : Optional.empty();
        return List.of(
                Session.number(digest.map(one -> (long) one.pepper())),
                Session.bytes(digest.map(Digest::bytes)),
                Session.text(credential.stretch()),
                Session.text(jwks),
                Session.bytes(
                        credential.evidence() instanceof SealedKey key ? Optional.of(key.bytes()) : Optional.empty()));
    }

    /// Whose a credential is: exactly one of three columns says it.
    static Id holder(Row row) {
        return Ids.maybe(row, "application", Kind.APPLICATION)
                .or(() -> Ids.maybe(row, "person", Kind.USER))
                .or(() -> Ids.maybe(row, "membership", Kind.MEMBERSHIP))
                .orElseThrow(() -> new IllegalStateException("a stored credential is nobody's"));
    }

    /// The parameters of the columns that [#holder(Row)] reads.
    static List<Object> holder(Id holder) {
        return List.of(
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.APPLICATION)),
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.USER)),
                Ids.of(Optional.of(holder).filter(id -> id.kind() == Kind.MEMBERSHIP)));
    }

    static User user(Row row) {
        return new User(
                Ids.read(row, "id", Kind.USER),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("username"),
                profile(row.text("profile")),
                standing(row),
                Micros.read(row.number("created_at")));
    }

    static Membership membership(Row row) {
        return new Membership(
                Ids.read(row, "id", Kind.MEMBERSHIP),
                Ids.read(row, "person", Kind.USER),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.maybe(row, "role", Kind.ROLE),
                standing(row),
                Micros.read(row.number("created_at")));
    }

    static String profile(Profile profile) {
        Fields out = new Fields();
        for (ProfileClaim claim : ProfileClaim.values()) {
            profile.get(claim).ifPresent(value -> out.line(claim.wire(), value));
        }
        return out.text();
    }

    private static Profile profile(String column) {
        Map<ProfileClaim, String> claims = new EnumMap<>(ProfileClaim.class);
        for (List<String> line : Fields.read(column, 2)) {
            ProfileClaim claim = ProfileClaim.of(line.getFirst())
                    .orElseThrow(() -> new IllegalStateException("a stored claim is unknown"));
            claims.put(claim, line.getLast());
        }
        return new Profile(claims);
    }

    static Role role(Row row) {
        return new Role(
                Ids.read(row, "id", Kind.ROLE),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("name"),
                rights(row.text("rights")),
                row.flag("built_in"),
                row.number("version"));
    }

    static String rights(Rights rights) {
        Fields out = new Fields();
        rights.byApi().entrySet().stream()
                .sorted((a, b) -> a.getKey().text().compareTo(b.getKey().text()))
                .forEach(entry ->
                        out.line(entry.getKey().text(), entry.getValue().text()));
        return out.text();
    }

    static Rights rights(String column) {
        Map<Id, Scopes> byApi = new HashMap<>();
        for (List<String> line : Fields.read(column, 2)) {
            byApi.put(Ids.parse(Kind.API, line.getFirst()), scopes(line.getLast()));
        }
        return new Rights(byApi);
    }

    static String reach(Reach reach) {
        return switch (reach) {
            case Reach.WholeRole() -> "";
            case Reach.Only(Rights rights) -> rights(rights);
        };
    }

    static String addresses(Restrictions restrictions) {
        Fields out = new Fields();
        restrictions.addresses().listed().forEach(block -> out.line(block.toString()));
        return out.text();
    }

    static String apis(Restrictions restrictions) {
        Fields out = new Fields();
        restrictions.apis().listed().forEach(api -> out.line(api.text()));
        return out.text();
    }

    static String origins(Restrictions restrictions) {
        return origins(restrictions.origins().listed());
    }

    static String origins(Collection<OriginPattern> patterns) {
        Fields out = new Fields();
        patterns.forEach(pattern -> out.line(pattern.text()));
        return out.text();
    }

    static List<OriginPattern> origins(String column) {
        List<OriginPattern> patterns = new ArrayList<>();
        for (List<String> line : Fields.read(column, 1)) {
            patterns.add(OriginPattern.parse(line.getFirst())
                    .orElseThrow(() -> new IllegalStateException("a stored pattern of origins is not one")));
        }
        return List.copyOf(patterns);
    }

    static FactLoader.DomainKey domainKey(Row row) {
        Restriction<Id> apis = apis(row.text("apis"));
        Set<Id> usable = rights(row.text("rights")).byApi().keySet().stream()
                .filter(id -> apis.admits(id::equals))
                .collect(Collectors.toUnmodifiableSet());
        return new FactLoader.DomainKey(usable, origins(row.text("origins")));
    }

    static Scopes scopes(String list) {
        return list.isEmpty() ? Scopes.NONE : Scopes.of(List.of(list.split(" ", -1)));
    }

    private static Restriction<AddressBlock> addresses(String column) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (List<String> line : Fields.read(column, 1)) {
            blocks.add(AddressBlock.parse(line.getFirst())
                    .orElseThrow(() -> new IllegalStateException("a stored address block is not one")));
        }
        return Restriction.ofListed(blocks);
    }

    static Restriction<Id> apis(String column) {
        List<Id> ids = new ArrayList<>();
        Fields.read(column, 1).forEach(line -> ids.add(Ids.parse(Kind.API, line.getFirst())));
        return Restriction.ofListed(ids);
    }

    static CredentialKind credentialKind(String wire) {
        return Optional.of(wire)
                .flatMap(Columns::kindOf)
                .orElseThrow(() -> new IllegalStateException("a stored credential kind is unknown"));
    }

    private static Optional<CredentialKind> kindOf(String wire) {
        for (CredentialKind kind : CredentialKind.values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
