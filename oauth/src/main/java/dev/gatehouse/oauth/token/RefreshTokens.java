package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refresh tokens: `gtr_`, the grant, the number of the token among those of the grant, and a MAC over both and
/// the Api. None is stored, not even as a digest: each can be written again, which is how a lost answer is
/// repeated (GAUNTLET D03), and a forged one fails before anything is looked up. Whether one counts is the
/// grant's row to say.
public final class RefreshTokens {
    /// What a genuine one names.
    public record Shown(Id grant, long number) {}

    /// By which scanners find leaked tokens.
    static final String PREFIX = "gtr_";

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "([0-9a-z]{13})_([1-9][0-9]{0,17})_([A-Za-z0-9_-]{43})");

    private final Pepper pepper;

    /// Under keys that are derived from this list.
    public RefreshTokens(Pepper pepper) {
        this.pepper = pepper;
    }

    /// Whether a string has the form of a refresh token.
    public static boolean recognises(Secret text) {
        return text.reveal().startsWith(PREFIX);
    }

    /// The refresh token of a grant with this number.
    public Secret write(Api api, Id grant, long number) {
        String named = grant.text().substring(Kind.GRANT.prefix().length() + 1) + '_' + number;
        return Secret.of(PREFIX + named + '_' + Base64Url.encode(pepper.derive(label(api, grant, number))));
    }

    /// Reads one that was written here for this Api, under whichever key of the list.
    public Optional<Shown> read(Secret text, Api api) {
        Matcher matcher = FORM.matcher(text.reveal());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(2));
        return Id.parse(Kind.GRANT, Kind.GRANT.prefix() + '_' + matcher.group(1))
                .filter(grant -> Base64Url.decode(matcher.group(3))
                        .filter(mac -> genuine(mac, label(api, grant, number)))
                        .isPresent())
                .map(grant -> new Shown(grant, number));
    }

    private boolean genuine(byte[] mac, String label) {
        return pepper.derivations(label).stream().anyMatch(one -> MessageDigest.isEqual(one, mac));
    }

    private static String label(Api api, Id grant, long number) {
        return "refresh token " + api.id() + ' ' + grant + ' ' + number;
    }
}
