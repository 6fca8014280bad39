package dev.gatehouse.connect.call;

import dev.gatehouse.connect.key.CredentialKeys;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Platform.Way;
import dev.gatehouse.connect.refresh.AskedPause;
import dev.gatehouse.connect.refresh.Obtained;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.connect.refresh.TokenEndpoint;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.egress.Turns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Tries a credential out before it is stored. Blocks; for virtual threads.
public final class Verification {
    private static final int MOST = 256 * 1024;
    private static final int AT_ONCE = 16;
    private static final int PER_ORGANIZATION = 4;
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Egress egress;
    private final TokenEndpoint tokens;
    private final InstantSource clock;
    private final Turns<Id> turns = new Turns<>(PER_ORGANIZATION, AT_ONCE);

    /// @param clock by which tokens end
    public Verification(Egress egress, TokenEndpoint tokens, InstantSource clock) {
        this.egress = egress;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// What trying came to.
    public sealed interface Tried {
        /// The platform takes it, or has no call to find out by.
        ///
        /// @param parts with the token that was obtained, where one was
        record Good(Parts parts, Optional<Instant> tokenExpiresAt) implements Tried {}

        /// The platform does not take it.
        ///
        /// @param unauthorized whether another token might do
        record Bad(String why, boolean unauthorized) implements Tried {}

        /// Nobody knows.
        record Unknown(String why, Duration retryAfter) implements Tried {}
    }

    /// Tries a credential that a connection is going to have.
    ///
    /// @param tokenExpiresAt when its token ends, where that is known
    public Tried of(Connection connection, Platform platform, Way way, Parts parts, Optional<Instant> tokenExpiresAt) {
        Optional<String> fault = CredentialKeys.fault(way, parts.reveal(), clock.instant());
        if (fault.isPresent()) {
            return new Tried.Bad(fault.get(), false);
        }
        Optional<Turns.Turn> turn = turns.take(connection.organization());
        if (turn.isEmpty()) {
            return new Tried.Unknown("too many credentials are tried", LATER);
        }
        try (Turns.Turn _ = turn.get()) {
            boolean token = parts.part("access_token").isPresent();
            if (way.grant().isPresent() && !token) {
                return obtained(connection, platform, way, parts);
            }
            Tried tried = called(connection, platform, way, parts, tokenExpiresAt);
            return way.grant().isPresent() && tried instanceof Tried.Bad(String _, boolean unauthorized) && unauthorized
                    ? obtained(connection, platform, way, parts)
                    : tried;
        }
    }

    private Tried obtained(Connection connection, Platform platform, Way way, Parts parts) {
        return switch (tokens.obtain(platform, way, way.grant().orElseThrow(), parts)) {
            case Obtained.Tokens found -> {
                Parts now = parts.with(found.fields());
                Optional<Instant> ends = found.life().map(clock.instant()::plus);
                Tried tried = called(connection, platform, way, now, ends);
                // The refresh token that was given is used up: what came for it is not thrown away.
                yield tried instanceof Tried.Unknown && found.fields().containsKey("refresh_token")
                        ? new Tried.Good(now, ends)
                        : tried;
            }
            case Obtained.Dead(String error) -> new Tried.Bad("its token endpoint says " + error, false);
            case Obtained.Barred() -> new Tried.Bad(Obtained.Barred.WHY, false);
            case Obtained.Nothing(String why, boolean _, Optional<Duration> after) ->
                new Tried.Unknown(why, after.orElse(LATER));
        };
    }

    private Tried called(
            Connection connection, Platform platform, Way way, Parts parts, Optional<Instant> tokenExpiresAt) {
        Tried.Good good = new Tried.Good(parts, tokenExpiresAt);
        if (platform.verify().isEmpty()) {
            return good;
        }
        Platform.Verify verify = platform.verify().get();
        int query = verify.path().indexOf('?');
        PlatformCall call = new PlatformCall(
                verify.method(),
                query < 0 ? verify.path() : verify.path().substring(0, query),
                query < 0 ? Optional.empty() : Optional.of(verify.path().substring(query + 1)),
                List.of(),
                Bytes.NONE);
        return call.with(new Usable.Ready(connection, platform, way, parts), MOST)
                .map(request -> switch (egress.fetch(request)) {
                    case Fetched.Answer answer -> judged(platform, answer, verify.status(), good);
                    case Fetched.Refused refused ->
                        new Tried.Bad("its address may not be called: " + refused.word(), false);
                    case Fetched.Unreachable unreachable
                    when unreachable.certificateRefused() && way.identified() ->
                        new Tried.Bad(Obtained.Barred.WHY, false);
                    case Fetched.Unreachable unreachable -> new Tried.Unknown(unreachable.word(), LATER);
                })
                .orElseGet(() -> new Tried.Bad("it does not lead to a host of the platform", false));
    }

    private static Tried judged(Platform platform, Fetched.Answer answer, int expected, Tried.Good good) {
        int status = answer.status();
        if (status == expected) {
            return good;
        }
        String why = "it answered " + status;
        return status == 408 || status >= 500 || AskedPause.limited(platform, answer)
                ? new Tried.Unknown(why, AskedPause.of(platform, answer).orElse(LATER))
                : new Tried.Bad(why, status == 401);
    }
}
