package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.PublicKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client says of itself (RFC 7591 section 2), as far as it counts.
///
/// @param name what people are shown
/// @param keys that its signatures are checked with, or where they are
/// @param told what is kept for whoever asks, and decides nothing
record ClientMetadata(String name, ClientTerms terms, Optional<PublicKeys> keys, Map<String, Object> told) {
    /// The same under another name.
    ClientMetadata named(String other) {
        return new ClientMetadata(other, terms, keys, told);
    }

    /// The same of a client that is there: what somebody else said of it stands, because by asking nobody gets more
    /// (GAUNTLET H03). Its types of authorization details become fewer and never others; where it names none of
    /// those that it may ask for, these stay. The profile is nothing that it can say, nor is PKCE: where that was
    /// required of it, and not because it was a public client, it stays so.
    ClientMetadata within(ClientTerms standing) {
        ClientMessages messages = terms.messages();
        ClientTerms bounded = new ClientTerms(
                terms.method(),
                terms.grants(),
                terms.redirects(),
                terms.afterLogout(),
                terms.pkceRequired() || (standing.pkceRequired() && !standing.open()),
                terms.rules(),
                new ClientMessages(standing.messages().profile(), messages.answers(), messages.requests()),
                terms.logout(),
                terms.openId(),
                within(standing.details(), terms.details().listed()));
        return new ClientMetadata(name, bounded, keys, told);
    }

    private static Restriction<String> within(Restriction<String> standing, List<String> named) {
        List<String> left =
                named.stream().filter(type -> standing.admits(type::equals)).toList();
        return left.isEmpty() ? standing : Restriction.only(left);
    }

    /// What reading gave.
    sealed interface Read {
        /// Something that the policy lets in.
        record Good(ClientMetadata metadata) implements Read {}

        /// Nothing.
        ///
        /// @param error as RFC 7591 section 3.2.2 names it
        record Wrong(String error, String why) implements Read {}
    }
}
