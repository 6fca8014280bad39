package dev.gatehouse.core.right;

/// What a route asks of its caller.
public sealed interface Need {
    /// Nothing; strangers may call it.
    record Open() implements Need {}

    /// Any live credential that holds a scope of the Api, whichever.
    record Authenticated() implements Need {}

    /// At least one of these scopes.
    record AnyOf(Scopes scopes) implements Need {
        /// Refuses an empty set, which would never be satisfied and is always a mistake.
        public AnyOf {
            requireSome(scopes);
        }
    }

    /// Every one of these scopes.
    record AllOf(Scopes scopes) implements Need {
        /// Refuses an empty set, which would be satisfied by everybody and is always a mistake.
        public AllOf {
            requireSome(scopes);
        }
    }

    /// The scopes to name in a challenge (RFC 6750 section 3); empty when none would help.
    default Scopes scopes() {
        return switch (this) {
            case Open() -> Scopes.NONE;
            case Authenticated() -> Scopes.NONE;
            case AnyOf(Scopes any) -> any;
            case AllOf(Scopes all) -> all;
        };
    }

    private static void requireSome(Scopes scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a need names at least one scope");
        }
    }
}
