package dev.gatehouse.core.key;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The text of a generated key: `<prefix>_<env>_<id><version><secret><check>`, for example `ghk_live_` followed
/// by 52 letters and digits.
///
/// * prefix: `ghk` for an API key, `ghs` for a client secret, `ghu` for a user's, `ghg` for a key that requests are
///   signed with, by which scanners find leaked ones; `ghd` for a domain key, which is public
/// * env: `live` or `test`
/// * id: 11 digits of base 62, the credential's own id, to look it up by
/// * version: which check key made the check
/// * secret: 33 digits, 192 random bits
/// * check: 7 digits, 40 bits of HMAC-SHA-256 over all that stands before; a forged or mistyped key dies here, on
///   the CPU
///
/// API keys may also be 32 hexadecimal digits, `-` and a UUID, see [HexKeys].
///
/// @param text the whole key; shown once
public record KeyString(CredentialKind kind, String environment, Id credential, Secret text) {
    /// The kinds that have keys of this form.
    public static final List<CredentialKind> DRAWN = List.of(
            CredentialKind.API_KEY,
            CredentialKind.SECRET,
            CredentialKind.DOMAIN_KEY,
            CredentialKind.USER_SECRET,
            CredentialKind.SIGNING_KEY);

    private static final int ID = 11;
    private static final int SECRET = 33;
    private static final int SECRET_BYTES = 24;
    private static final int BODY = ID + 1 + SECRET + CheckKeys.WIDTH;

    /// Draws a new key for a credential.
    public static KeyString draw(
            CredentialKind kind, String environment, Id credential, CheckKeys keys, RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String before = prefix(kind) + "_" + environment + "_" + Base62.encode(credential.value()) + keys.current()
                + Base62.encode(bytes, SECRET);
        return new KeyString(kind, environment, credential, Secret.of(before + keys.check(keys.current(), before)));
    }

    /// Draws a new API key as 32 hexadecimal digits, `-` and a UUID, where a provider's customers know keys so.
    public static KeyString drawHex(Id credential, CheckKeys keys, RandomGenerator random) {
        return HexKeys.draw(credential, keys, random);
    }

    /// Whether a presented string has the outer form of a drawn key, right or wrong. One without a prefix has
    /// not: so secrets look that others drew and that were given.
    public static boolean formed(Secret presented) {
        String text = presented.reveal();
        int mark = text.indexOf('_');
        return mark > 0 && kind(text.substring(0, mark)).isPresent();
    }

    /// Reads a presented string. Empty when it does not have this form or its check is wrong; nothing was looked
    /// up then.
    public static Optional<KeyString> parse(Secret presented, CheckKeys keys) {
        String text = presented.reveal();
        if (HexKeys.formed(text)) {
            return HexKeys.parse(presented, keys);
        }
        int first = text.indexOf('_');
        int second = text.indexOf('_', first + 1);
        if (first < 0 || second < 0 || text.length() - second - 1 != BODY) {
            return Optional.empty();
        }
        Optional<CredentialKind> kind = kind(text.substring(0, first));
        String environment = text.substring(first + 1, second);
        if (kind.isEmpty() || !(environment.equals("live") || environment.equals("test"))) {
            return Optional.empty();
        }
        for (int i = second + 1; i < text.length(); i++) {
            if (!Base62.isDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        int checkAt = text.length() - CheckKeys.WIDTH;
        char version = text.charAt(second + 1 + ID);
        if (!keys.matches(version, text.substring(0, checkAt), text.substring(checkAt))) {
            return Optional.empty();
        }
        long id = Base62.decode(text.substring(second + 1, second + 1 + ID));
        return Optional.of(new KeyString(kind.get(), environment, new Id(Kind.CREDENTIAL, id), presented));
    }

    /// What lists show of a key: its prefix and last four characters.
    public String hint() {
        String all = text.reveal();
        if (HexKeys.formed(all)) {
            return "…" + all.substring(all.length() - 4);
        }
        return prefix(kind) + "_" + environment + "_…" + all.substring(all.length() - 4);
    }

    private static String prefix(CredentialKind kind) {
        return switch (kind) {
            case API_KEY -> "ghk";
            case SECRET -> "ghs";
            case DOMAIN_KEY -> "ghd";
            case USER_SECRET -> "ghu";
            case SIGNING_KEY -> "ghg";
            case PUBLIC_KEY, PASSWORD, IDENTITY ->
                throw new IllegalArgumentException("public keys, passwords and identities are not drawn");
        };
    }

    private static Optional<CredentialKind> kind(String prefix) {
        for (CredentialKind kind : DRAWN) {
            if (prefix(kind).equals(prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
