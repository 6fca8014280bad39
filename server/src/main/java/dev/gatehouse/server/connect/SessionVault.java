package dev.gatehouse.server.connect;

import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.store.ConnectSessionStore.Held;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import java.util.Optional;

/// Encrypts what connect sessions hold, each bound to its organization, its row and the connection that it is
/// for.
public record SessionVault(Custody custody) {
    /// What was given at the beginning.
    private static final int GIVEN = 1;

    /// What the platform gave.
    private static final int OBTAINED = 2;

    /// Encrypts what is known before anybody has been at the platform.
    public Encrypted given(ConnectSession session, Parts parts) {
        return custody.encrypt(parts.bytes(), place(session, GIVEN));
    }

    /// Encrypts the credential that the platform gave.
    public Encrypted obtained(ConnectSession session, Parts parts) {
        return custody.encrypt(parts.bytes(), place(session, OBTAINED));
    }

    /// Decrypts what a session holds. Empty when it was altered, swapped, or put back.
    public Optional<Parts> open(Held held) {
        int which = held.session().state() == ConnectSession.State.READY ? OBTAINED : GIVEN;
        return custody.decrypt(held.sealed(), place(held.session(), which)).map(Parts::read);
    }

    private static Place place(ConnectSession session, int which) {
        return new Place(
                session.organization().text(),
                "connect_session",
                session.id().text(),
                session.platform() + " " + session.connection().text(),
                which);
    }
}
