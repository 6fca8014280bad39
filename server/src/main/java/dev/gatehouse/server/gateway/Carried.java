package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Presented;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What an ordinary call carries.
public sealed interface Carried {
    /// Nothing that claims to be a credential.
    record Nothing() implements Carried {}

    /// One credential.
    ///
    /// @param test whether the credential is one for tests, which opens nothing else
    record One(Presented presented, boolean test) implements Carried {
        /// One that is not for tests.
        public One(Presented presented) {
            this(presented, false);
        }
    }

    /// One credential, with what counts once.
    ///
    /// @param unfit why it is none of whom it allowed
    /// @param use uses that up; to be asked where waiting is allowed, when nothing else can refuse the call
    record Proven(
            Presented presented, Function<Verdict.Allowed, Optional<Refusal>> unfit, Supplier<Optional<Refusal>> use)
            implements Carried {}

    /// Something that takes the database to be read, or a signature under a key that anybody may have drawn: to be
    /// asked where waiting is allowed, of whoever is not turned away before.
    record Later(Supplier<Carried> read) implements Carried {}

    /// Something that cannot be read as one credential.
    ///
    /// @param reply how the dialect tells it
    record Unreadable(Refusal refusal, Reply reply) implements Carried {}
}
