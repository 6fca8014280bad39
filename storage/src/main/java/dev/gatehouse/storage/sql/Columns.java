package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Members and roles as rows: the column lists of every statement, and what reads and writes them.
final class Columns {
    static final String STANDING = "holds, revoked, generation, not_before, expires_at, version";
    static final String ORGANIZATION = "id, parent, name, created_at, first_key, " + AccessColumns.ALL
            + ", second_factor, default_role, " + STANDING;
    static final String APPLICATION = "id, organization, client_id, name, role, client, token_life, created_at, "
            + LogoutColumns.ALL + ", " + STANDING;
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

    static Customer customer(Row row) {
        return new Customer(
                Ids.read(row, "id", Kind.CUSTOMER),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                row.text("name"),
                standing(row),
                Micros.read(row.number("created_at")));
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

    static Scopes scopes(String list) {
        return list.isEmpty() ? Scopes.NONE : Scopes.of(List.of(list.split(" ", -1)));
    }
}
