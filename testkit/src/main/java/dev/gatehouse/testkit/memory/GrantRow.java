package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.Optional;

/// A grant and what becomes of it.
record GrantRow(
        Grant grant, Digest code, Instant codeEnds, State state, long number, Instant rotatedAt, Instant diesAt) {
    /// Where a grant stands in its life.
    enum State {
        CODE,
        USED,
        LIVE,
        ENDED
    }

    boolean between(Id user, Id application) {
        return grant.user().equals(user) && grant.application().equals(application);
    }

    GrantRow of(Id login) {
        return new GrantRow(grant.of(login), code, codeEnds, state, number, rotatedAt, diesAt);
    }

    GrantRow in(State other) {
        return new GrantRow(grant, code, codeEnds, other, number, rotatedAt, diesAt);
    }

    /// @param key of the refresh tokens from now on
    GrantRow redeemed(State other, long first, Instant now, Instant dies, Optional<Confirmation> key) {
        return new GrantRow(grant.boundTo(key), code, codeEnds, other, first, now, dies);
    }

    /// @param key of the refresh tokens from now on
    GrantRow next(Instant now, Instant dies, Optional<Confirmation> key) {
        return new GrantRow(grant.boundTo(key), code, codeEnds, state, number + 1, now, dies);
    }

    /// Whose refresh token counts as long as the grant does.
    GrantRow kept() {
        return new GrantRow(
                grant,
                code,
                codeEnds,
                state,
                number,
                rotatedAt,
                Micros.of(grant.claims().expiresAt()));
    }
}
