package dev.gatehouse.core.member;

import java.util.List;
import java.util.Optional;

/// What each organization that is made right below one gets by itself: an application with a role, and one key of
/// it that may do all that the role gives.
///
/// @param kind one of [#KINDS]
/// @param role the name of a role of the organization that says so, or of the nearest one above it that has one
public record FirstKey(CredentialKind kind, String role) {
    /// The kinds of keys that there can be.
    public static final List<CredentialKind> KINDS = List.of(CredentialKind.API_KEY, CredentialKind.SECRET);

    /// The application and the key are called that.
    public static final String NAME = "first";

    /// Of a kind that fits.
    public FirstKey {
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("no first key is a " + kind.wire());
        }
    }

    /// As it is stored and audited.
    public String text() {
        return kind.wire() + ' ' + role;
    }

    /// The reverse of [#text]; empty for empty text.
    public static Optional<FirstKey> read(String text) {
        int blank = text.indexOf(' ');
        return KINDS.stream()
                .filter(kind -> blank > 0 && kind.wire().equals(text.substring(0, blank)))
                .map(kind -> new FirstKey(kind, text.substring(blank + 1)))
                .findFirst();
    }
}
