package dev.gatehouse.oauth.client;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An authorization request that a client signed (RFC 9101): in order in all but its signature, which nobody has
/// checked.
///
/// @param parameters what it asks for
public record RequestObject(UnverifiedJws jws, Map<String, String> parameters) {
    /// What reading gave.
    public sealed interface Read {
        /// A request.
        record Good(RequestObject object) implements Read {}

        /// None that could count, whoever signed it; and why.
        record Wrong(String why) implements Read {}
    }

    /// How old one may be, and for how long after its beginning it may count (FAPI 2.0 Message Signing section
    /// 5.3.1).
    public static final Duration MAX_AGE = Duration.ofMinutes(60);

    /// The longest one.
    public static final int MAX_LENGTH = 8192;

    /// Its own type, or what was written before it had one; no other JWT of a client is taken for one (RFC 9101
    /// section 10.8, GAUNTLET E06).
    static final Set<String> TYPES = Set.of("oauth-authz-req+jwt", "jwt");

    /// What a JWT says of itself and no parameter is.
    private static final Set<String> OWN = Set.of("iss", "aud", "exp", "nbf", "iat", "jti");

    /// An array, as nothing else is (RFC 9396 section 2).
    private static final String DETAILS = AuthorizationDetails.NAME;

    /// The parameters that have a meaning here; others are passed over, whatever they are (RFC 6749 section 3.1).
    private static final Set<String> KNOWN = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "response_mode",
            "prompt",
            "max_age",
            "ui_locales",
            "id_token_hint",
            "login_hint",
            "acr_values",
            "claims",
            DETAILS,
            "registration",
            "code_challenge",
            "code_challenge_method",
            "dpop_jkt",
            "resource",
            "login_hint_token",
            "binding_message",
            "user_code",
            "requested_expiry",
            "client_notification_token");

    private static final List<String> INSIDE = List.of("request", "request_uri");

    /// Keeps a copy.
    public RequestObject {
        parameters = Map.copyOf(parameters);
    }

    /// Reads one. The checks in order; the first that fails answers.
    ///
    /// @param api that it has to be for
    /// @param fetched whether it was found where its client keeps it and can take it away: then it may count
    ///     until it does, where the client keeps to no profile
    public static Read read(String text, String clientId, ClientTerms terms, Api api, boolean fetched, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, TYPES, MAX_LENGTH);
        Optional<Json.Members> claimed = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (jws.isEmpty() || claimed.isEmpty()) {
            return new Read.Wrong("the request object is no signed JWT of alg, typ and kid with claims");
        }
        if (!signable(jws.get(), terms, api)) {
            return new Read.Wrong("the request object is signed with another algorithm than may be");
        }
        Json.Members claims = claimed.get();
        Optional<String> client = Optional.of(clientId);
        if (!claims.text("iss").equals(client) || !claims.text("client_id").equals(client)) {
            return new Read.Wrong("iss and client_id of the request object are not the client_id");
        }
        if (!names(claims, api.issuer())) {
            return new Read.Wrong("aud of the request object is not the issuer");
        }
        if (inside(claims)) {
            return new Read.Wrong("the request object has sub, request or request_uri in it");
        }
        boolean lasting = fetched && api.clients().profile(terms).isEmpty();
        return (lasting ? over(claims, now) : untimely(claims, now))
                .<Read>map(Read.Wrong::new)
                .orElseGet(() -> parameters(claims)
                        .<Read>map(read -> new Read.Good(new RequestObject(jws.get(), read)))
                        .orElseGet(() -> new Read.Wrong("a parameter in the request object is none")));
    }

    /// RFC 9101 section 10.8: what names the client as its subject was made to authenticate it.
    static boolean inside(Json.Members claims) {
        return claims.byName().containsKey("sub") || INSIDE.stream().anyMatch(claims.byName()::containsKey);
    }

    private static boolean signable(UnverifiedJws jws, ClientTerms terms, Api api) {
        if (api.clients().profile(terms).isPresent() && !ClientProfile.signable(jws.algorithm())) {
            return false;
        }
        return RequestAlgorithm.of(jws.algorithm())
                .filter(algorithm ->
                        terms.messages().requests().map(algorithm::equals).orElse(true))
                .isPresent();
    }

    /// RFC 9101 section 4: alone, or among others.
    static boolean names(Json.Members claims, String issuer) {
        return claims.byName().get("aud") instanceof Json.Items(List<Json> several)
                ? several.contains(new Json.Text(issuer))
                : claims.text("aud").equals(Optional.of(issuer));
    }

    /// Why it does not count now, if it says when it does.
    private static Optional<String> over(Json.Members claims, Instant now) {
        long second = now.getEpochSecond();
        long soon = second + ClientAssertion.SKEW.toSeconds();
        boolean begun = !claims.byName().containsKey("nbf")
                || claims.whole("nbf").filter(at -> at <= soon).isPresent();
        boolean ended = claims.byName().containsKey("exp")
                && claims.whole("exp").filter(at -> at > second).isEmpty();
        return begun && !ended ? Optional.empty() : Optional.of("nbf of the request object is ahead, or exp is over");
    }

    /// Why its times are wrong.
    static Optional<String> untimely(Json.Members claims, Instant now) {
        long second = now.getEpochSecond();
        long soon = second + ClientAssertion.SKEW.toSeconds();
        Optional<Long> begin = claims.whole("nbf");
        Optional<Long> end = claims.whole("exp");
        if (begin.isEmpty() || begin.get() > soon || begin.get() < second - MAX_AGE.toSeconds()) {
            return Optional.of("nbf of the request object is missing, ahead, or more than an hour ago");
        }
        if (end.isEmpty() || end.get() <= second || end.get() > begin.get() + MAX_AGE.toSeconds()) {
            return Optional.of("exp of the request object is missing, over, or more than an hour after nbf");
        }
        boolean ahead = claims.byName().containsKey("iat")
                && claims.whole("iat").filter(at -> at >= 0 && at <= soon).isEmpty();
        return ahead ? Optional.of("iat of the request object is ahead of our clock, or no time") : Optional.empty();
    }

    /// RFC 9101 section 4: strings as they are, numbers in decimal digits, and objects as JSON.
    static Optional<Map<String, String>> parameters(Json.Members claims) {
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, Json> claim : claims.byName().entrySet()) {
            if (!OWN.contains(claim.getKey())) {
                Optional<String> value = value(claim.getKey(), claim.getValue());
                if (value.isEmpty() && KNOWN.contains(claim.getKey())) {
                    return Optional.empty();
                }
                value.ifPresent(one -> parameters.put(claim.getKey(), one));
            }
        }
        return Optional.of(parameters);
    }

    private static String written(Json json) {
        StringBuilder out = new StringBuilder();
        JsonText.value(out, json);
        return out.toString();
    }

    private static Optional<String> value(String name, Json json) {
        return switch (json) {
            case Json.Items several when name.equals(DETAILS) -> Optional.of(written(several));
            case Json _ when name.equals(DETAILS) -> Optional.empty();
            case Json.Text(String text) -> Optional.of(text);
            case Json.Whole(long number) -> Optional.of(Long.toString(number));
            case Json.Members object -> Optional.of(written(object));
            // RFC 8707 section 2.1
            case Json.Items(List<Json> several)
            when name.equals("resource") && several.stream().allMatch(Json.Text.class::isInstance) ->
                Optional.of(several.stream()
                        .map(one -> ((Json.Text) one).value())
                        .distinct()
                        .collect(Collectors.joining(" ")));
            case Json.Items _, Json.Bool _, Json.Null _, Json.OtherNumber _ -> Optional.empty();
        };
    }
}
