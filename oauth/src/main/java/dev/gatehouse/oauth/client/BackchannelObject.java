package dev.gatehouse.oauth.client;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A request to a person that a client signed (OpenID Connect CIBA Core section 7.1.1): in order in all but its
/// signature, which nobody has checked. It says all that a JWT can of its time, and counts once.
///
/// @param jti the SHA-256 of its name
/// @param until when it counts for nobody any more
public record BackchannelObject(RequestObject object, Bytes jti, Instant until) {
    /// What reading gave.
    public sealed interface Read {
        /// A request.
        record Good(BackchannelObject signed) implements Read {}

        /// None that could count, whoever signed it; and why.
        record Wrong(String why) implements Read {}
    }

    private static final int MAX_NAME = 255;

    /// Before the name, so that an assertion of the client that has the same is another use.
    private static final String USE = "request to a person ";

    /// Reads one. The checks in order; the first that fails answers.
    public static Read read(String text, Application client, Api api, Instant now) {
        Optional<UnverifiedJws> jws = UnverifiedJws.parseForeign(text, RequestObject.TYPES, RequestObject.MAX_LENGTH);
        Optional<Json.Members> claimed = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (jws.isEmpty() || claimed.isEmpty()) {
            return new Read.Wrong("the request is no signed JWT of alg, typ and kid with claims");
        }
        if (!signable(jws.get(), client, api)) {
            return new Read.Wrong("the request is signed with another algorithm than the client is known to use");
        }
        Json.Members claims = claimed.get();
        if (!claims.text("iss").equals(Optional.of(client.clientId())) || !RequestObject.names(claims, api.issuer())) {
            return new Read.Wrong("iss of the request is not the client_id, or aud not the issuer");
        }
        // What was made to authenticate a client, or to be brought by a browser, is no request to a person
        // (RFC 8725 section 3.12, GAUNTLET E06)
        if (RequestObject.inside(claims) || claims.byName().containsKey("response_type")) {
            return new Read.Wrong("the request has sub, response_type, request or request_uri in it");
        }
        Optional<String> jti = claims.text("jti").filter(name -> !name.isEmpty() && name.length() <= MAX_NAME);
        if (jti.isEmpty() || claims.whole("iat").isEmpty()) {
            return new Read.Wrong("jti or iat of the request is missing");
        }
        Optional<String> untimely = RequestObject.untimely(claims, now);
        if (untimely.isPresent()) {
            return new Read.Wrong(untimely.get());
        }
        Optional<Map<String, String>> parameters = RequestObject.parameters(claims);
        return parameters
                .<Read>map(read -> new Read.Good(new BackchannelObject(
                        new RequestObject(jws.get(), read),
                        hash(jti.get()),
                        Instant.ofEpochSecond(claims.whole("exp").orElseThrow()).plus(ClientAssertion.SKEW))))
                .orElseGet(() -> new Read.Wrong("a parameter in the request is none"));
    }

    private static boolean signable(UnverifiedJws jws, Application client, Api api) {
        Optional<RequestAlgorithm> registered =
                client.terms().openId().backchannel().requests();
        return registered.isPresent()
                && RequestAlgorithm.of(jws.algorithm()).equals(registered)
                && (api.clients().profile(client.terms()).isEmpty() || ClientProfile.signable(jws.algorithm()));
    }

    private static Bytes hash(String jti) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest((USE + jti).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
