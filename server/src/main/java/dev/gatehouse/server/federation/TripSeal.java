package dev.gatehouse.server.federation;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Trips of browsers that are to sign in, carried by the browsers themselves: whoever is nobody yet fills no table,
/// and stands in nobody's way. What is sealed is bound to the secret of the trip.
record TripSeal(HmacSha256 key) {
    /// The longest, so that browsers take it as a cookie.
    private static final int MAX_LENGTH = 3800;

    private static final int PARTS = 6;

    /// That of an installation.
    static TripSeal of(Pepper pepper) {
        return new TripSeal(HmacSha256.under(pepper.derive("gatehouse trips to identity providers, 1")));
    }

    /// Empty when what waits for the sign-in is too long.
    Optional<Secret> seal(Secret secret, Trip trip) {
        String text = String.join(
                ".",
                trip.provider().text(),
                trip.api().text(),
                Long.toString(trip.beganAt().toEpochMilli()),
                Long.toString(trip.until().toEpochMilli()),
                trip.maxAgeSeconds().map(age -> Long.toString(age)).orElse(""),
                trip.ask().orElse(""));
        String whole = secret.reveal() + "." + mac(secret, text) + "." + text;
        return whole.length() > MAX_LENGTH ? Optional.empty() : Optional.of(Secret.of(whole));
    }

    private String mac(Secret secret, String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.mac((secret.reveal() + "." + text).getBytes(StandardCharsets.UTF_8)));
    }

    /// What a trip is written down as when it is taken.
    Bytes name(Secret secret) {
        return Bytes.of(key.mac(("taken\n" + secret.reveal()).getBytes(StandardCharsets.UTF_8)));
    }

    /// The secret of what was sealed, whatever else it is.
    static Secret secret(String sealed) {
        int dot = sealed.indexOf('.');
        return Secret.of(dot < 0 ? sealed : sealed.substring(0, dot));
    }

    /// What was sealed with its secret; empty for what was not, and what is over.
    Optional<Trip> open(Pepper pepper, String sealed, Instant now) {
        String[] both = sealed.split("\\.", 3);
        if (both.length < 3
                || !MessageDigest.isEqual(
                        mac(secret(sealed), both[2]).getBytes(StandardCharsets.US_ASCII),
                        both[1].getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        String[] parts = both[2].split("\\.", PARTS);
        Trip trip = new Trip(
                pepper.digest(secret(sealed)),
                Step.SIGN_IN,
                Id.parse(Kind.IDENTITY_PROVIDER, parts[0]).orElseThrow(),
                Id.parse(Kind.API, parts[1]).orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(parts[5]).filter(ask -> !ask.isEmpty()),
                Optional.of(parts[4]).filter(age -> !age.isEmpty()).map(Long::parseLong),
                Instant.ofEpochMilli(Long.parseLong(parts[2])),
                Instant.ofEpochMilli(Long.parseLong(parts[3])));
        return now.isBefore(trip.until()) ? Optional.of(trip) : Optional.empty();
    }
}
