package dev.gatehouse.connect.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A platform's authorization server.
///
/// @param authorize where browsers are sent, when it has one
/// @param token where tokens are obtained and renewed
/// @param revoke where tokens are ended (RFC 7009), when it has one
/// @param client how the operator's client authenticates there
/// @param body how parameters are sent there
/// @param pkce whether a challenge is sent (RFC 7636)
/// @param separator between scopes
/// @param scopes what is asked for where nobody says otherwise
/// @param parameters further parameters of the authorization request
/// @param tokenParameters further parameters of every token request
/// @param answer member of the token endpoint's answer -> field of the credential that it becomes
/// @param life how long an access token lives where the answer does not say; absent: until it is refused
/// @param dead errors of the token endpoint after which a credential never works again
/// @param rotates whether a refresh gives a new refresh token and ends the old one
/// @param issuer what it calls itself when it sends a browser back (RFC 9207), when it does
public record OAuth(
        Optional<Template> authorize,
        Template token,
        Optional<Template> revoke,
        ClientProof client,
        BodyFormat body,
        boolean pkce,
        String separator,
        List<Template> scopes,
        Map<String, Template> parameters,
        Map<String, Template> tokenParameters,
        Map<String, String> answer,
        Optional<Duration> life,
        Set<String> dead,
        boolean rotates,
        Optional<String> issuer) {
    /// Keeps copies.
    public OAuth {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        tokenParameters = Map.copyOf(tokenParameters);
        answer = Map.copyOf(answer);
        dead = Set.copyOf(dead);
    }

    /// How a client authenticates (RFC 6749 section 2.3.1).
    public enum ClientProof implements Word {
        /// The Authorization header.
        BASIC("basic"),
        /// Members of the body.
        BODY("body"),
        /// Not at all, besides its name.
        NONE("none");

        private final String word;

        ClientProof(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// How parameters are sent.
    public enum BodyFormat implements Word {
        /// As RFC 6749 says.
        FORM("form"),
        /// As one JSON object.
        JSON("json");

        private final String word;

        BodyFormat(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
