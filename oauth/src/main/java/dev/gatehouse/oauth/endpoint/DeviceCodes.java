package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The two codes of a device that waits (RFC 8628 section 3.2): one of 256 random bits that it keeps, and one that
/// a person can type. Digests of both are kept, the codes nowhere.
public final class DeviceCodes {
    /// For how long a device waits.
    public static final Duration LIFE = Duration.ofMinutes(10);

    /// By which scanners find leaked device codes, and by which they are no other codes (GAUNTLET B04).
    public static final String PREFIX = "gtd_";

    /// By which scanners find the ids of requests in a back channel.
    public static final String REQUEST_PREFIX = "gtq_";

    /// Consonants that look unlike each other and make no words (section 6.1): eight of them are 34 bits.
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int TYPED = 8;
    private static final int BYTES = 32;
    private static final int LONGEST_TYPED = 40;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern PLAIN = Pattern.compile("[" + LETTERS + "]{" + TYPED + "}");

    /// New ones.
    ///
    /// @param code for the device
    /// @param typed for the person, as it is shown
    record Drawn(String code, Digest codeDigest, String typed, Digest typedDigest) {
        /// Without the codes.
        @Override
        public String toString() {
            return "[codes of a device]";
        }
    }

    private final Pepper pepper;
    private final RandomGenerator random;

    /// @param random a secure one
    public DeviceCodes(Pepper pepper, RandomGenerator random) {
        this.pepper = pepper;
        this.random = random;
    }

    Drawn draw(Api api) {
        return draw(api, PREFIX);
    }

    /// For a request in a back channel: what a person would type is told to nobody.
    Drawn drawRequest(Api api) {
        Drawn drawn = draw(api, REQUEST_PREFIX);
        return new Drawn(
                drawn.code(), drawn.codeDigest(), "", pepper.digest(Secret.of("untyped " + api.id() + drawn.code())));
    }

    private Drawn draw(Api api, String prefix) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String code = prefix + Base64Url.encode(bytes);
        StringBuilder letters = new StringBuilder(TYPED);
        for (int i = 0; i < TYPED; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String typed = letters.toString();
        return new Drawn(
                code, pepper.digest(Secret.of(code)), shown(typed), pepper.digest(Secret.of(label(typed, api))));
    }

    /// The digests that a device's code may be stored under; empty for what cannot be one.
    ///
    /// @param prefix of the kind that it is shown as
    Optional<List<Digest>> digests(String code, String prefix) {
        return code.startsWith(prefix)
                        && CODE.matcher(code.substring(prefix.length())).matches()
                ? Optional.of(pepper.digests(Secret.of(code)))
                : Optional.empty();
    }

    /// What a person typed, however: in small letters, with spaces or dashes or without. Empty for what cannot be
    /// a code.
    public static Optional<String> typed(String text) {
        return Optional.of(text)
                .filter(some -> some.length() <= LONGEST_TYPED)
                .map(some -> some.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT))
                .filter(some -> PLAIN.matcher(some).matches());
    }

    /// As it is shown, in two halves.
    public static String shown(String typed) {
        return typed.substring(0, TYPED / 2) + '-' + typed.substring(TYPED / 2);
    }

    /// The digests that it may be stored under at an Api.
    public List<Digest> typedDigests(String typed, Api api) {
        return pepper.digests(Secret.of(label(typed, api)));
    }

    private static String label(String typed, Api api) {
        return "user code of a device " + api.id() + ' ' + typed;
    }
}
