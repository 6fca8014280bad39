package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What pushed requests are called (RFC 9126 section 2.2): 256 random bits, and a check by which made-up ones fail
/// before anything is looked up. Only a digest is kept.
final class RequestUris {
    /// A new one.
    record Drawn(String uri, Digest digest) {}

    /// By which they are told from other values of `request_uri`.
    static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    private static final int RANDOM = 32;
    private static final int CHECK = 9;
    private static final Pattern FORM = Pattern.compile(PREFIX + "([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{12})");

    private final Pepper pepper;
    private final RandomGenerator random;

    /// @param random a secure one
    RequestUris(Pepper pepper, RandomGenerator random) {
        this.pepper = pepper;
        this.random = random;
    }

    Drawn draw(Api api) {
        byte[] bytes = new byte[RANDOM];
        random.nextBytes(bytes);
        String text = Base64Url.encode(bytes);
        String uri = PREFIX + text + check(pepper.derive(label(api, text)));
        return new Drawn(uri, pepper.digest(Secret.of(uri)));
    }

    /// The digests that one may be stored under; empty for one that was not drawn here, for this Api.
    Optional<List<Digest>> digests(String uri, Api api) {
        Matcher matcher = FORM.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] shown = ascii(matcher.group(2));
        boolean drawn = pepper.derivations(label(api, matcher.group(1))).stream()
                .anyMatch(mac -> MessageDigest.isEqual(ascii(check(mac)), shown));
        return drawn ? Optional.of(pepper.digests(Secret.of(uri))) : Optional.empty();
    }

    private static String label(Api api, String text) {
        return "pushed authorization request " + api.id() + ' ' + text;
    }

    private static String check(byte[] mac) {
        return Base64Url.encode(Arrays.copyOf(mac, CHECK));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
