package dev.gatehouse.server;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/// An account at an identity provider as rows. Nothing of the admin API links one, the person does; what the admin
/// API shows and ends is read from the database.
final class IdentityRow {
    private static final AtomicLong NEXT = new AtomicLong(7_000_000);

    private IdentityRow() {}

    /// Links a user, at home in an organization, to a provider.
    static void insert(RunningServer server, String user, String organization, String provider) {
        Id id = new Id(Kind.CREDENTIAL, NEXT.getAndAdd(1_000));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + server.database() + "?busy_timeout=5000");
                PreparedStatement credential = connection.prepareStatement("INSERT INTO credential (id, person,"
                        + " organization, kind, name, hint, pepper, digest, whole_role, rights, addresses, apis, holds,"
                        + " revoked, generation, version, created_at)"
                        + " VALUES (?, ?, ?, 'identity', 'acme', '', 1, ?, 1, '', '', '', 0, 0, 0, 0, 0)");
                PreparedStatement link = connection.prepareStatement(
                        "INSERT INTO identity_link (credential, person, provider, subject, since) VALUES (?, ?, ?, ?, 0)")) {
            credential.setLong(1, stored(id.text()));
            credential.setLong(2, stored(user));
            credential.setLong(3, stored(organization));
            credential.setBytes(4, ByteBuffer.allocate(32).putLong(id.value()).array());
            credential.executeUpdate();
            link.setLong(1, stored(id.text()));
            link.setLong(2, stored(user));
            link.setLong(3, stored(provider));
            link.setString(4, id.text());
            link.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long stored(String id) {
        return Id.parse(id).orElseThrow().value() ^ Long.MIN_VALUE;
    }
}
