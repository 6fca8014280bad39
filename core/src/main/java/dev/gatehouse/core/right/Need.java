package dev.gatehouse.core.right;

import java.util.Optional;

/// What a route asks of its caller.
public sealed interface Need {
    /// Nothing; strangers may call it.
    record Open() implements Need {}

    /// Any live credential that holds a scope of the Api, whichever, or an authorization detail.
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

    /// A token with an authorization detail of a type (RFC 9396), and scopes besides.
    ///
    /// @param besides one of the others
    /// @param type of an authorization detail
    record Detailed(Need besides, String type) implements Need {
        /// Refuses what strangers satisfy, and more than one type.
        public Detailed {
            if (besides instanceof Open || besides instanceof Detailed) {
                throw new IllegalArgumentException("a need of details is one of somebody, and of one type");
            }
        }
    }

    /// The type of authorization details that is needed.
    default Optional<String> detail() {
        return this instanceof Detailed(Need _, String type) ? Optional.of(type) : Optional.empty();
    }

    /// The same without the details.
    default Need scoped() {
        return this instanceof Detailed(Need besides, String _) ? besides : this;
    }

    /// The scopes to name in a challenge (RFC 6750 section 3); empty when none would help.
    default Scopes scopes() {
        return switch (this) {
            case Open() -> Scopes.NONE;
            case Authenticated() -> Scopes.NONE;
            case AnyOf(Scopes any) -> any;
            case AllOf(Scopes all) -> all;
            case Detailed(Need besides, String _) -> besides.scopes();
        };
    }

    private static void requireSome(Scopes scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a need names at least one scope");
        }
    }
}
