package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Reveal;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which copies of secrets are told. What ends many at once, such as the revocation of an organization, writes
/// nothing here: whether a copy's Api still keeps it and is the one that the credential is good at, and everything
/// that this stands on, is looked at when it is read.
final class LivingCopies {
    private static final String STANDING = """
            SELECT secret_copy.credential, secret_copy.organization, secret_copy.api, secret_copy.kind,
                   secret_copy.sealed, person.organization AS home, credential.whole_role, credential.rights,
                   credential.apis, role.rights AS of_role
            FROM secret_copy
            JOIN api_reveal ON api_reveal.api = secret_copy.api AND api_reveal.kind = secret_copy.kind
                           AND api_reveal.since = secret_copy.since
            JOIN credential ON credential.id = secret_copy.credential AND NOT credential.revoked
            LEFT JOIN application ON application.id = credential.application
            LEFT JOIN membership ON membership.id = credential.membership
            LEFT JOIN person ON person.id = membership.person
            LEFT JOIN role ON role.id = COALESCE(application.role, membership.role)
            WHERE NOT COALESCE(application.revoked, FALSE) AND NOT COALESCE(membership.revoked, FALSE)
              AND NOT COALESCE(person.revoked, FALSE) AND secret_copy.credential IN""";

    /// @param home of the user whose key it is
    /// @param api the one that the credential is good at by now
    private record Found(SecretCopy copy, Optional<Id> home, Optional<Id> api) {
        boolean here() {
            return api.filter(copy.api()::equals).isPresent();
        }

        Stream<Id> organizations() {
            return Stream.concat(Stream.of(copy.organization()), home.stream());
        }
    }

    private LivingCopies() {}

    /// Those of these credentials.
    static Map<Id, SecretCopy> of(Session session, List<Id> credentials) {
        Map<Id, SecretCopy> living = new HashMap<>();
        for (List<Id> some : parts(credentials)) {
            List<Found> found = session.list(STANDING + ' ' + Ids.in(some.size()), LivingCopies::found, Ids.list(some));
            Set<Id> revoked = revoked(
                    session,
                    found.stream().flatMap(Found::organizations).distinct().toList());
            found.stream()
                    .filter(Found::here)
                    .filter(one -> one.organizations().noneMatch(revoked::contains))
                    .forEach(one -> living.put(one.copy().credential(), one.copy()));
        }
        return living;
    }

    private static Found found(Row row) {
        return new Found(Copies.read(row), Ids.maybe(row, "home", Kind.ORGANIZATION), api(row));
    }

    private static Optional<Id> api(Row row) {
        Reach reach =
                row.flag("whole_role") ? new Reach.WholeRole() : new Reach.Only(Columns.rights(row.text("rights")));
        Rights role = row.maybeText("of_role").map(Columns::rights).orElse(Rights.NONE);
        return Reveal.api(reach, CredentialColumns.apis(row.text("apis")), role);
    }

    /// Those of these organizations that are revoked, or below one that is.
    private static Set<Id> revoked(Session session, List<Id> organizations) {
        Set<Id> revoked = new HashSet<>();
        for (List<Id> some : parts(organizations)) {
            revoked.addAll(session.list(
                    """
                    WITH RECURSIVE up (of, id) AS (
                        SELECT id, id FROM organization WHERE id IN %s
                        UNION ALL
                        SELECT up.of, below.parent FROM up JOIN organization below ON below.id = up.id
                        WHERE below.parent IS NOT NULL)
                    SELECT DISTINCT up.of AS id FROM up JOIN organization ON organization.id = up.id
                    WHERE organization.revoked""".formatted(Ids.in(some.size())), row -> Ids.read(row, "id", Kind.ORGANIZATION), Ids.list(some)));
        }
        return revoked;
    }

    private static List<List<Id>> parts(List<Id> all) {
        return Stream.iterate(0, from -> from < all.size(), from -> from + Ids.WIDEST)
                .map(from -> all.subList(from, Math.min(all.size(), from + Ids.WIDEST)))
                .toList();
    }
}
