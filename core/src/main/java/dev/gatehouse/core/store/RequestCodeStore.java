package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.Optional;

/// The codes that people set so that no client sends them requests without (OpenID Connect CIBA Core section 7.1,
/// `user_code`).
public interface RequestCodeStore {
    /// The code of a person.
    ///
    /// @param id names this one, so that nothing that was known of another counts for it
    /// @param stretch how it was stretched before it was digested
    record RequestCode(Id id, Id user, Digest digest, String stretch, Instant since) {}

    /// That of a person.
    Optional<RequestCode> code(Id user);

    /// Gives a person a code in the place of any other. `Missing` without the person, `Conflict` when it is over.
    Stored<RequestCode> set(RequestCode code, Act act);

    /// Takes it away; `Missing` when there is none.
    Stored<RequestCode> remove(Id user, Act act);
}
