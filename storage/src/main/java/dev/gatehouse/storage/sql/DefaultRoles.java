package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.DefaultRole;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.db.Session;

/// Organizations that say which role those get whose maker names none.
final class DefaultRoles {
    /// From each organization that says the name up to the first that has a role of that name.
    private static final String MEANT = """
            WITH RECURSIVE up (id) AS (
                SELECT id FROM organization WHERE default_role = ?
                UNION
                SELECT below.parent FROM up JOIN organization below ON below.id = up.id
                WHERE below.parent IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM role WHERE role.organization = up.id AND role.name = ?))
            SELECT id FROM up WHERE id = ?""";

    private DefaultRoles() {}

    /// Whether some organization means this role.
    static boolean has(Session session, Role role) {
        return session.one(
                        MEANT,
                        row -> row.number("id"),
                        new DefaultRole.Named(role.name()).text(),
                        role.name(),
                        Ids.of(role.organization()))
                .isPresent();
    }
}
