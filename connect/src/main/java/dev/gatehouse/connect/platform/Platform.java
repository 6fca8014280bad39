package dev.gatehouse.connect.platform;

import dev.gatehouse.core.member.ConnectionKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A platform of somebody else's: an entry of the catalogue.
///
/// @param type its name on the wire, spelt exactly so
/// @param title what people call it
/// @param docs where its own documentation is
/// @param hosts where credentials of it may be sent, and nowhere else
/// @param ways how a connection may be authorized, at least one
/// @param oauth its authorization server; there when a way obtains tokens
/// @param verify a call that succeeds only with good credentials
/// @param retry where it says when to come again, when not where all others do
public record Platform(
        String type,
        String title,
        String docs,
        List<HostPattern> hosts,
        Map<ConnectionKind, Way> ways,
        Optional<OAuth> oauth,
        Optional<Verify> verify,
        Optional<RetryHint> retry) {
    private static final Pattern ADDRESS = Pattern.compile("https://([a-z0-9.-]+)(?::[0-9]{1,5})?(?:/[!-~]*)?");

    /// Keeps copies.
    public Platform {
        hosts = List.copyOf(hosts);
        ways = Map.copyOf(ways);
    }

    /// Whether an address is at one of its hosts, so that credentials may go there.
    public boolean owns(String url) {
        Matcher matcher = ADDRESS.matcher(url);
        return matcher.matches() && hosts.stream().anyMatch(host -> host.matches(matcher.group(1)));
    }

    /// How a token is obtained at the token endpoint.
    public enum Grant implements Word {
        /// With the refresh token (RFC 6749 section 6).
        REFRESH_TOKEN("refresh_token"),
        /// With the user's name and password, where the platform has nothing better.
        PASSWORD("password"),
        /// With the client's own credentials.
        CLIENT_CREDENTIALS("client_credentials"),
        /// With an assertion that the customer's private key signed (RFC 7523 section 2.1).
        JWT_BEARER("jwt_bearer");

        private final String word;

        Grant(String word) {
            this.word = word;
        }

        /// As token endpoints spell it (`grant_type`).
        public String type() {
            return this == JWT_BEARER ? "urn:ietf:params:oauth:grant-type:jwt-bearer" : word;
        }

        /// Whether tokens are obtained as the client that the operator registered at the platform.
        public boolean asTheOperator() {
            return this == REFRESH_TOKEN || this == PASSWORD;
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
    /// @param assertion what is signed; there where the grant is [Grant#JWT_BEARER]
    public record Way(
            List<Field> fields,
            Template base,
            List<Put> puts,
            Optional<Grant> grant,
            Optional<Template> token,
            Optional<List<Template>> scopes,
            Optional<Assertion> assertion) {
        /// Keeps copies.
        public Way {
            fields = List.copyOf(fields);
            puts = List.copyOf(puts);
        }

        /// Whether connections to the platform show a certificate of the credential.
        public boolean identified() {
            return field(Field.CERTIFICATE).filter(Field::lines).isPresent();
        }

        /// The field of this name.
        public Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /// A call that succeeds only with good credentials.
    public record Verify(String method, String path, int status) {}
}
