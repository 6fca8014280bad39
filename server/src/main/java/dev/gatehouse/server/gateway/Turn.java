package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import java.util.Optional;
import java.util.function.Supplier;

/// A call of a route that is not open to everybody, on its way to a verdict.
///
/// @param whole whether the call has its body, or never will
/// @param use uses up what counts once; asked last of all, where waiting is allowed
/// @param signer there once the signature of the call was looked at
record Turn(
        HttpFacts call,
        Api api,
        Route route,
        Passage passage,
        boolean whole,
        Supplier<Optional<Refusal>> use,
        Optional<Signer> signer) {
    Turn(HttpFacts call, Api api, Route route, Passage passage, boolean whole) {
        this(call, api, route, passage, whole, Optional::empty, Optional.empty());
    }

    /// What is asked of whoever makes it.
    Ask ask() {
        return new Ask.Call(route.need(), call.from(), call.origin());
    }

    Turn inTest() {
        return new Turn(call, api.inTest(), route, passage, whole, use, signer);
    }

    Turn using(Supplier<Optional<Refusal>> what) {
        return new Turn(call, api, route, passage, whole, what, signer);
    }

    Turn signed(Signer by) {
        return new Turn(call, api, route, passage, whole, use, Optional.of(by));
    }

    /// Both count once, where both do.
    Turn signed(Signer by, Supplier<Optional<Refusal>> what) {
        return new Turn(call, api, route, passage, whole, () -> use.get().or(what), Optional.of(by));
    }
}
