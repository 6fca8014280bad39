package dev.gatehouse.connect.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A platform of somebody else's: an entry of the catalogue.
///
/// @param type its name on the wire, spelt exactly so
/// @param title what people call it
/// @param docs where its own documentation is
/// @param hosts where credentials of it may be sent, and nowhere else
/// @param ways how a connection may be authorized, at least one
/// @param oauth its authorization server; there when a way obtains tokens
/// @param verify a call that succeeds only with good credentials
public record Platform(
        String type,
        String title,
        String docs,
        List<HostPattern> hosts,
        Map<Kind, Way> ways,
        Optional<OAuth> oauth,
        Optional<Verify> verify) {
    /// Keeps copies.
    public Platform {
        hosts = List.copyOf(hosts);
        ways = Map.copyOf(ways);
    }

    /// How a connection is authorized.
    public enum Kind implements Word {
        /// A key or token of the platform that does not expire by itself.
        KEY("key"),
        /// A user's name and password.
        USER("user"),
        /// An access token and a refresh token; Gatehouse renews.
        OAUTH_INTERNAL("oauth_internal"),
        /// An access token; the caller renews.
        OAUTH_EXTERNAL("oauth_external"),
        /// A client of the platform's; Gatehouse obtains tokens as it (RFC 6749 section 4.4).
        CLIENT_CREDENTIALS("client_credentials");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// How a token is obtained at the token endpoint.
    public enum Grant implements Word {
        /// With the refresh token (RFC 6749 section 6).
        REFRESH_TOKEN("refresh_token"),
        /// With the user's name and password, where the platform has nothing better.
        PASSWORD("password"),
        /// With the client's own credentials.
        CLIENT_CREDENTIALS("client_credentials");

        private final String word;

        Grant(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// One way of authorizing a connection.
    ///
    /// @param fields what its credential consists of
    /// @param base the address that paths of calls are put behind
    /// @param puts where the credential goes on a call
    /// @param grant how its access token is obtained; absent where the credential is used as it is
    /// @param token where, when not where all others are
    /// @param scopes what is asked for, when not what all others ask for
    public record Way(
            List<Field> fields,
            Template base,
            List<Put> puts,
            Optional<Grant> grant,
            Optional<Template> token,
            Optional<List<Template>> scopes) {
        /// Keeps copies.
        public Way {
            fields = List.copyOf(fields);
            puts = List.copyOf(puts);
        }

        /// The field of this name.
        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /// A call that succeeds only with good credentials.
    public record Verify(String method, String path, int status) {}
}
