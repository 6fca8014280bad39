package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.keys.SigningKey;
import dev.gatehouse.oauth.token.ClientJwts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Answers of endpoints as JWTs, for whoever wants them so.
final class SignedReplies {
    /// RFC 9110 section 12.4.2: a weight of nothing is a no.
    private static final Pattern NEVER = Pattern.compile(";\\s*q=0(\\.0{0,3})?\\s*(;|$)");

    private static final String TYPE = "token-introspection+jwt";

    private final ClientJwts jwts;
    private final InstantSource clock;

    SignedReplies(ClientJwts jwts, InstantSource clock) {
        this.jwts = jwts;
        this.clock = clock;
    }

    /// Whether a request asks for an answer about a token as a JWT (RFC 9701 section 4).
    static boolean wanted(HttpFacts http, Api api) {
        return api.tells()
                && http.values("Accept").stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .map(type -> type.strip().toLowerCase(Locale.ROOT))
                        .filter(type -> !NEVER.matcher(type).find())
                        .map(type -> type.split(";", 2)[0].strip())
                        .anyMatch(("application/" + TYPE)::equals);
    }

    /// Whether an application gets no other answers (FAPI 2.0 Message Signing section 5.5).
    static boolean required(Application asking, Api api) {
        return api.tells()
                && api.clients()
                        .profile(asking.terms())
                        .filter(ClientProfile::signs)
                        .isPresent();
    }

    /// What is said of a token, to whom it is said (RFC 9701 section 5). What is no JSON stays what it is.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when there is no key to sign with
    Reply introspection(Reply answer, Api api, Application asking) {
        if (!(answer.body() instanceof Body.Json(String _, Map<String, ?> said))) {
            return answer;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("iss", api.issuer());
        members.put("aud", asking.clientId());
        members.put("iat", clock.instant().getEpochSecond());
        members.put("token_introspection", said);
        Reply signed = reply(TYPE, "application/" + TYPE, members, SignedAnswer.INTROSPECTION, api, asking);
        return new Reply(answer.status(), answer.headers(), signed.body(), false);
    }

    /// Whether a client wants to know of people by JWTs.
    static boolean ofPeople(Application client) {
        return client.terms().messages().answers().containsKey(SignedAnswer.USERINFO);
    }

    /// What is said of a person, to which client (OpenID Connect Core section 5.3.2).
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when there is no key to sign with
    Reply userInfo(Map<String, Object> claims, Api api, Application client) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("iss", api.issuer());
        members.put("aud", client.clientId());
        members.putAll(claims);
        return reply(SigningKey.PLAIN, "application/jwt", members, SignedAnswer.USERINFO, api, client);
    }

    private Reply reply(
            String type,
            String mediaType,
            Map<String, Object> members,
            SignedAnswer answer,
            Api api,
            Application reader) {
        StringBuilder out = new StringBuilder(400);
        JsonText.object(out, members);
        byte[] payload = out.toString().getBytes(StandardCharsets.UTF_8);
        String jwt = jwts.write(api, api.clients().signing(answer, reader.terms()), type, payload);
        return new Reply(200, List.of(), new Body.Text(mediaType, jwt), false);
    }
}
