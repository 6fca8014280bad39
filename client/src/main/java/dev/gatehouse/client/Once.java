package dev.gatehouse.client;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Creates a thing once, although replies may get lost: a request that nobody answered is sent again under the
/// key that it had, so that it has one effect, and a secret that was drawn with it is told after all.
final class Once {
    private static final int TRIES = 3;

    /// What a server answers that keeps as many replies for this caller as it will, too.
    private static final String FULL = "limit_reached";

    private Once() {}

    static Shown done(Function<Guard, Shown> request) {
        Guard guard = new Guard(Optional.empty(), Optional.of(UUID.randomUUID().toString()));
        for (int left = TRIES - 1; ; left--) {
            try {
                return request.apply(guard);
            } catch (GatehouseException.Unreachable lost) {
                if (left == 0) {
                    throw lost;
                }
            } catch (GatehouseException.Refused refused) {
                if (!refused.code().equals(FULL)) {
                    throw refused;
                }
                return request.apply(Guard.NONE);
            }
        }
    }
}
