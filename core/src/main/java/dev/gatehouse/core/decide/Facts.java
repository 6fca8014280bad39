package dev.gatehouse.core.decide;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.token.Claims;

/// What is known about a request whose proof was checked. Proven, but not yet allowed: only [Decision#decide]
/// makes it so.
public sealed interface Facts {
    /// The Api that is asked.
    Api api();

    /// The members that the proof belongs to, as they are now.
    Members members();

    /// The credential itself was presented.
    record Direct(Api api, Members members) implements Facts {}

    /// A token that was issued to the credential was presented.
    ///
    /// @param dead whether the token is named in the dead set
    record Derived(Api api, Members members, Claims claims, boolean dead) implements Facts {}
}
