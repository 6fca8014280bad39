package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.OAuthError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// What is answered besides client information.
final class Answers {
    private static final Duration UPGRADE = Duration.ofMinutes(1);

    private Answers() {}

    static Reply wrong(String why) {
        return wrong("invalid_client_metadata", why);
    }

    static Reply wrong(String error, String why) {
        return new OAuthError.InvalidMetadata(error, why).reply();
    }

    static Reply forbidden(String why) {
        return Reply.json(403, Map.of("error", "access_denied", "error_description", why))
                .with("Cache-Control", "no-store");
    }

    /// The policy names what is not there, or does not stand.
    static Reply nowhere() {
        return forbidden("clients have no place here at the moment");
    }

    /// A node of a release before would know nothing of the client: an upgrade takes minutes.
    static Reply upgrading() {
        return new OAuthError.Unavailable(UPGRADE).reply();
    }

    /// A secret that lives until it is rotated or revoked.
    static void secret(Map<String, Object> members, Secret secret) {
        members.put("client_secret", secret.reveal());
        members.put("client_secret_expires_at", 0L);
    }

    /// Where a client looks after its registration.
    static String address(Api api, Application client) {
        return Metadata.address(api, Metadata.REGISTRATION_PATH) + "?client_id="
                + URLEncoder.encode(client.clientId(), StandardCharsets.UTF_8);
    }
}
