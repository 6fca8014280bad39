package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// The row of an organization, as the place where those wait who may have only so many of something together.
final class Organizations {
    private Organizations() {}

    /// Whether an organization is revoked; empty when it is not there. Whoever asks for the same one does so one
    /// after the other, so that what is counted afterwards stays so until the transaction ends.
    static Optional<Boolean> locked(Session session, Id organization) {
        return session.one(
                "UPDATE organization SET depth = depth WHERE id = ? RETURNING revoked",
                row -> row.flag("revoked"),
                Ids.of(organization));
    }
}
