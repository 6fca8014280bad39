package dev.gatehouse.core.api;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Need;
import java.util.Set;

/// Which calls of an Api need what. Calls that no route names are refused.
///
/// @param methods exact method names, or only `*` for any
public record Route(Id id, Set<String> methods, PathPattern path, Need need) {
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
