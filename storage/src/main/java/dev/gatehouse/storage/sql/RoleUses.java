package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// Why a role is not deleted.
final class RoleUses {
    /// From each organization that says the name up to the first that has a role of that name.
    private static final String MEANT = """
            WITH RECURSIVE up (id) AS (
                SELECT id FROM organization WHERE default_role = ?
                UNION
                SELECT below.parent FROM up JOIN organization below ON below.id = up.id
                WHERE below.parent IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM role WHERE role.organization = up.id AND role.name = ?))
            SELECT id FROM up WHERE id = ?""";

    private RoleUses() {}

    /// The first use that there is.
    static Optional<String> of(Session session, Role role) {
        if (any(session, "SELECT id FROM application WHERE role = ? LIMIT 1", Ids.of(role.id()))) {
            return Optional.of("an application has the role");
        }
        if (any(session, "SELECT id FROM membership WHERE role = ? LIMIT 1", Ids.of(role.id()))) {
            return Optional.of("a member has the role");
        }
        String said = "%" + role.id() + "%";
        if (any(
                session,
                "SELECT id FROM organization WHERE access <> '' AND (access LIKE ? OR access_by LIKE ?) LIMIT 1",
                said,
                said)) {
            return Optional.of("an access of an organization has the role");
        }
        return means(session, role) ? Optional.of("an organization has it as default_role") : Optional.empty();
    }

    /// Whether some organization means this role by its `default_role`.
    private static boolean means(Session session, Role role) {
        return any(session, MEANT, new DefaultRole.Named(role.name()).text(), role.name(), Ids.of(role.organization()));
    }

    private static boolean any(Session session, String statement, Object... parameters) {
        return session.one(statement, row -> row.number("id"), parameters).isPresent();
    }
}
