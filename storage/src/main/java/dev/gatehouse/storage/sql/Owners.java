package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.feed.Change;
import java.time.Instant;
import java.util.List;

/// Who may do everything: the applications and members of the root organization that have its built-in role,
/// stand, and can prove it. What proves one is a key or secret with the whole role at every Api or, for a user,
/// its password.
final class Owners {
    private static final String ROOT = "(SELECT id FROM organization WHERE depth = 1)";
    private static final String ROLE = "(SELECT role.id FROM role JOIN organization ON organization.id ="
            + " role.organization WHERE depth = 1 AND built_in)";
    private static final String PROVES = "credential.whole_role AND credential.apis = '' AND credential.kind NOT IN"
            + " ('domain_key', 'user_secret', 'signing_key', 'identity') AND " + stands("credential");

    private static final String APPLICATIONS = """
            SELECT id FROM application WHERE organization = %s AND role = %s AND %s
            AND EXISTS (SELECT 1 FROM credential WHERE credential.application = application.id AND %s) LIMIT 1""".formatted(ROOT, ROLE, stands("application"), PROVES);

    private static final String HOMES =
            """
            SELECT DISTINCT person.organization AS home FROM membership JOIN person ON person.id = membership.person
            WHERE membership.organization = %s AND membership.role = %s AND %s AND %s
            AND (EXISTS (SELECT 1 FROM credential WHERE credential.membership = membership.id AND %s)
                OR EXISTS (SELECT 1 FROM credential WHERE credential.person = person.id AND %s))""".formatted(ROOT, ROLE, stands("membership"), stands("person"), PROVES, PROVES);

    private static final List<String> CREDENTIALS =
            List.of("""
            SELECT credential.id AS id FROM credential JOIN application ON application.id = credential.application
            WHERE credential.id = ? AND application.role = %s""".formatted(ROLE), """
            SELECT credential.id AS id FROM credential JOIN membership ON membership.id = credential.membership
            WHERE credential.id = ? AND membership.role = %s""".formatted(ROLE), """
            SELECT credential.id AS id FROM credential JOIN membership ON membership.person = credential.person
            WHERE credential.id = ? AND NOT membership.revoked AND membership.role = %s""".formatted(ROLE));

    private static final String ABOVE_A_HOME = """
            SELECT id FROM organization WHERE id = ? AND depth > 1 AND EXISTS (
                SELECT 1 FROM membership JOIN person ON person.id = membership.person
                WHERE membership.role = %s AND NOT membership.revoked AND person.organization <> %s)""".formatted(ROLE, ROOT);

    private Owners() {}

    /// Whether there is one, and lets no other transaction that asks this go on before the one that asks has
    /// ended. It asks before it locks any member.
    static boolean locked(Session session, Instant now) {
        session.update("UPDATE role SET version = version WHERE id = " + ROLE);
        return any(session, now);
    }

    /// Whether there is one.
    static boolean any(Session session, Instant now) {
        long at = Micros.of(now);
        if (!session.list(APPLICATIONS, row -> row.number("id"), at, at, at, at).isEmpty()) {
            return true;
        }
        return session
                .list(HOMES, row -> Ids.read(row, "home", Kind.ORGANIZATION), at, at, at, at, at, at, at, at)
                .stream()
                .anyMatch(home -> Chain.of(session, home).stream()
                        .allMatch(one -> one.standing().active(now)));
    }

    /// Whether what changed may have been one, or something that one stands on.
    static boolean among(Session session, List<Change> changes) {
        return changes.stream()
                .map(Change::named)
                .anyMatch(id -> concerning(id.kind()).stream()
                        .anyMatch(sql -> !session.list(sql, row -> row.number("id"), Ids.of(id))
                                .isEmpty()));
    }

    /// The queries that find an id when it matters. What may have taken the role away itself does not ask for it.
    private static List<String> concerning(Kind kind) {
        return switch (kind) {
            case APPLICATION -> List.of("SELECT id FROM application WHERE id = ? AND organization = " + ROOT);
            case MEMBERSHIP -> List.of("SELECT id FROM membership WHERE id = ? AND organization = " + ROOT);
            case CREDENTIAL -> CREDENTIALS;
            case USER -> List.of("SELECT id FROM membership WHERE person = ? AND NOT revoked AND role = " + ROLE);
            case ORGANIZATION -> List.of(ABOVE_A_HOME);
            case CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> List.of();
        };
    }

    private static String stands(String table) {
        return """
                %1$s.holds = 0 AND NOT %1$s.revoked AND (%1$s.not_before IS NULL OR %1$s.not_before <= ?) \
                AND (%1$s.expires_at IS NULL OR %1$s.expires_at > ?)""".formatted(table);
    }
}
