package dev.gatehouse.oauth.dpop;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.jose.HolderJws;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A proof that whoever sends a request has a key, for this request and for now (RFC 9449 section 4.3). It counts
/// once; that is for whoever uses it up.
///
/// @param key the thumbprint of the key
/// @param use names the proof among all
/// @param until when its use may be forgotten
/// @param nonce of ours that it carries
/// @param strong whether FAPI 2.0 Security Profile lets it be signed as it is (section 5.4.1)
public record DpopProof(String key, Bytes use, Instant until, Optional<String> nonce, boolean strong) {
    /// The longest one.
    public static final int MAX_LENGTH = 8192;

    /// How old one may be.
    public static final Duration MAX_AGE = Duration.ofSeconds(60);

    /// How far the clock of whoever signs may be ahead of ours.
    public static final Duration SKEW = Duration.ofSeconds(30);

    private static final String TYPE = "dpop+jwt";
    private static final int MAX_NAME = 255;

    /// A request that a proof is for.
    ///
    /// @param addresses what it may be called, each without query
    /// @param token that is shown with it
    public record Request(String method, List<String> addresses, Optional<Secret> token) {
        /// Keeps a copy.
        public Request {
            addresses = List.copyOf(addresses);
        }
    }

    /// Reads one and checks all of section 4.3, its signature last because that is dear. Empty when it is none
    /// of this request.
    public static Optional<DpopProof> read(String text, Request request, Instant now, CryptoProviders crypto) {
        Optional<HolderJws> jws = HolderJws.parse(text, TYPE, MAX_LENGTH);
        Optional<Json.Members> claims = jws.flatMap(read -> StrictJson.object(read.claimed()));
        if (claims.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = claims.get().text("jti").filter(jti -> !jti.isEmpty() && jti.length() <= MAX_NAME);
        Optional<Instant> made =
                claims.get().whole("iat").filter(at -> timely(at, now)).map(Instant::ofEpochSecond);
        boolean fits = claims.get().text("htm").equals(Optional.of(request.method()))
                && claims.get()
                        .text("htu")
                        .filter(address -> Address.among(address, request.addresses()))
                        .isPresent()
                && claims.get().text("ath").equals(request.token().map(DpopProof::hash));
        return fits && name.isPresent() && made.isPresent() && jws.get().signed(crypto)
                ? Optional.of(new DpopProof(
                        jws.get().thumbprint(),
                        Bytes.of(sha256(jws.get().thumbprint() + ' ' + name.get())),
                        made.get().plus(MAX_AGE).plus(SKEW),
                        claims.get().text("nonce"),
                        ClientProfile.signable(jws.get().algorithm())))
                : Optional.empty();
    }

    /// Whether it may be a client's that keeps to a profile, or to none.
    public boolean fits(Optional<ClientProfile> profile) {
        return strong || profile.isEmpty();
    }

    /// Whether it may be of the client that was allowed something: the profile may be its own (FAPI 2.0
    /// Security Profile section 5.4.1).
    public boolean fits(Verdict.Allowed allowed) {
        return fits(allowed.client()
                .map(Application::terms)
                .flatMap(terms -> allowed.facts().api().clients().profile(terms)));
    }

    private static boolean timely(long at, Instant now) {
        long second = now.getEpochSecond();
        return at >= second - MAX_AGE.toSeconds() && at <= second + SKEW.toSeconds();
    }

    private static String hash(Secret token) {
        return Base64Url.encode(sha256(token.reveal()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
