package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.storage.db.Session;
import java.util.List;

/// An organization and those above it.
final class Chain {
    private static final String UPWARD = """
            WITH RECURSIVE up (id, step) AS (
                SELECT id, 0 FROM organization WHERE id = ?
                UNION ALL
                SELECT below.parent, step + 1 FROM up JOIN organization below ON below.id = up.id
                WHERE below.parent IS NOT NULL)
            SELECT organization.id AS id, parent, name, created_at, first_key, access, access_by, second_factor,
                   default_role, holds, revoked, generation, not_before, expires_at, version
            FROM up JOIN organization ON organization.id = up.id ORDER BY step""";

    private Chain() {}

    /// This one first, the root last; empty when it does not exist.
    static List<Organization> of(Session session, Id organization) {
        return session.list(UPWARD, Columns::organization, Ids.of(organization));
    }
}
