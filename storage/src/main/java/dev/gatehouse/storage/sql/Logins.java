package dev.gatehouse.storage.sql;

import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What usernames lead to, of many at once.
final class Logins {
    private record Named(String username, Id user, Id home, Optional<Id> password) {}

    private record Joined(Id user, Id organization, Id membership) {}

    private Logins() {}

    /// Two statements: whatever changes between them names the user in the feed, so that what was read is not
    /// kept.
    static Map<String, Login> read(Db db, Collection<String> usernames) {
        List<Object> possible =
                usernames.stream().filter(Text::name).<Object>map(name -> name).toList();
        if (possible.isEmpty()) {
            return Map.of();
        }
        return db.read(Lane.VERIFY, session -> {
            List<Named> named = SoundRows.list(
                    session,
                    "person",
                    """
                    SELECT person.id AS id, person.username AS username, person.organization AS organization,
                           credential.id AS password
                    FROM person LEFT JOIN credential ON credential.person = person.id
                         AND credential.kind = 'password' AND NOT credential.revoked
                    WHERE person.username IN %s""".formatted(Ids.in(possible.size())),
                    row -> new Named(
                            row.text("username"),
                            Ids.read(row, "id", Kind.USER),
                            Ids.read(row, "organization", Kind.ORGANIZATION),
                            Ids.maybe(row, "password", Kind.CREDENTIAL)),
                    Ids.padded(possible));
            if (named.isEmpty()) {
                return Map.of();
            }
            List<Joined> joined = SoundRows.list(
                    session,
                    "membership",
                    "SELECT id, person, organization FROM membership WHERE NOT revoked AND person IN "
                            + Ids.in(named.size()),
                    row -> new Joined(
                            Ids.read(row, "person", Kind.USER),
                            Ids.read(row, "organization", Kind.ORGANIZATION),
                            Ids.read(row, "id", Kind.MEMBERSHIP)),
                    Ids.list(named.stream().map(Named::user).toList()));
            Map<String, Login> logins = new HashMap<>();
            named.forEach(one -> logins.put(one.username(), login(one, joined)));
            return logins;
        });
    }

    private static Login login(Named one, List<Joined> joined) {
        Map<Id, Id> memberships = new HashMap<>();
        joined.stream()
                .filter(row -> row.user().equals(one.user()))
                .forEach(row -> memberships.put(row.organization(), row.membership()));
        return new Login(one.user(), one.home(), one.password(), memberships);
    }
}
