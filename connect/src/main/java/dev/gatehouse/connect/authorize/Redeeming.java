package dev.gatehouse.connect.authorize;

import dev.gatehouse.connect.call.Verification;
import dev.gatehouse.connect.call.Verification.Tried;
import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.Obtained;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.connect.refresh.TokenEndpoint;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Makes a credential of a code, and tries it out. Blocks; for virtual threads.
///
/// @param clock by which tokens end
public record Redeeming(TokenEndpoint tokens, Verification verification, InstantSource clock) {
    /// What came of it.
    public sealed interface Redeemed {
        /// A credential that the platform takes.
        record Good(Parts parts, Optional<Instant> tokenExpiresAt) implements Redeemed {}

        /// None.
        record Not(ConnectFailure why) implements Redeemed {}
    }

    /// Redeems a code.
    ///
    /// @param connection that is to have the credential
    public Redeemed redeem(
            Connection connection,
            Platform platform,
            Way way,
            Parts given,
            Secret code,
            String redirect,
            Ticket ticket) {
        return switch (tokens.redeem(platform, way, given, code, redirect, ticket.verifier())) {
            case Obtained.Tokens(Map<String, String> fields, Optional<Duration> life) ->
                tried(connection, platform, way, given.with(fields), life);
            case Obtained.Dead _, Obtained.Barred _ -> new Redeemed.Not(ConnectFailure.NOT_ACCEPTED);
            case Obtained.Nothing _ -> new Redeemed.Not(ConnectFailure.UNAVAILABLE);
        };
    }

    private Redeemed tried(Connection connection, Platform platform, Way way, Parts parts, Optional<Duration> life) {
        if (!way.fields().stream().allMatch(field -> holds(parts, field))) {
            return new Redeemed.Not(ConnectFailure.INCOMPLETE);
        }
        Optional<Instant> expires = life.map(clock.instant()::plus);
        return switch (verification.of(connection, platform, way, parts, expires)) {
            case Tried.Good(Parts good, Optional<Instant> tokenExpiresAt) -> new Redeemed.Good(good, tokenExpiresAt);
            case Tried.Bad _ -> new Redeemed.Not(ConnectFailure.NOT_ACCEPTED);
            case Tried.Unknown _ -> new Redeemed.Not(ConnectFailure.UNAVAILABLE);
        };
    }

    private static boolean holds(Parts parts, Field field) {
        return parts.part(field.name())
                .map(value -> field.takes(value.reveal()))
                .orElse(!field.required());
    }
}
