package dev.gatehouse.core.api;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.right.Need;
import java.util.Optional;
import java.util.Set;

/// Which calls of an Api need what. Calls that no route names are refused.
///
/// @param methods exact method names, or only `*` for any
/// @param rate how often one credential may call it, or one address where it needs none
/// @param connection where calls do not go to the upstream of the Api but to a platform that the caller's
///     organization has a connection to
/// @param retirement where it belongs to a version that goes
/// @param signed whether calls have to be signed by the application that makes them, besides what opens them
public record Route(
        Id id,
        Set<String> methods,
        PathPattern path,
        Need need,
        Optional<Rate> rate,
        Optional<ConnectionRule> connection,
        Optional<Retirement> retirement,
        boolean signed) {
    /// One whose calls need not be signed.
    public Route(
            Id id,
            Set<String> methods,
            PathPattern path,
            Need need,
            Optional<Rate> rate,
            Optional<ConnectionRule> connection,
            Optional<Retirement> retirement) {
        this(id, methods, path, need, rate, connection, retirement, false);
    }

    /// One that stays.
    public Route(
            Id id,
            Set<String> methods,
            PathPattern path,
            Need need,
            Optional<Rate> rate,
            Optional<ConnectionRule> connection) {
        this(id, methods, path, need, rate, connection, Optional.empty());
    }

    /// One without a rate of its own, whose calls go to the upstream of the Api.
    public Route(Id id, Set<String> methods, PathPattern path, Need need) {
        this(id, methods, path, need, Optional.empty(), Optional.empty());
    }

    /// Any method.
    public static final String ANY_METHOD = "*";

    /// Whether the route is for this method. `HEAD` is a `GET` whose body is left out (RFC 9110 section 9.3.2),
    /// so a `GET` route serves it under the same need.
    public boolean serves(String method) {
        return methods.contains(ANY_METHOD)
                || methods.contains(method)
                || (method.equals("HEAD") && methods.contains("GET"));
    }
}
