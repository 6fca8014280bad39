package dev.gatehouse.oauth.factor;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.FactorStore.Totp;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Secrets of authenticator apps under the ring of the key file, each bound to its user and to when it was set up:
/// none that was replaced comes back by copying a row (GAUNTLET N03).
record SealedSecrets(Custody custody) {
    Encrypted seal(Id user, Instant since, byte[] secret) {
        return custody.encrypt(secret, place(user, since));
    }

    /// Empty when it cannot be decrypted.
    Optional<byte[]> plain(Totp totp) {
        return custody.decrypt(totp.secret(), place(totp.user(), totp.since()));
    }

    /// Whether it is under the primary key of the ring.
    boolean current(Totp totp) {
        return custody.underPrimary(totp.secret());
    }

    private static Place place(Id user, Instant since) {
        long version = ChronoUnit.MICROS.between(Instant.EPOCH, since);
        return new Place(Place.INSTALLATION, "second_factor", user.text(), "totp", version);
    }
}
