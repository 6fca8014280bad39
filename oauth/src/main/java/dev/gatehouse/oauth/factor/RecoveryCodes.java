package dev.gatehouse.oauth.factor;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Codes for the day when an app is lost: sixty random bits each, in letters and digits that are not mistaken for
/// one another. Only digests of them are kept, each bound to its user.
record RecoveryCodes(Pepper pepper, RandomGenerator random) {
    private static final int MANY = 10;
    private static final int LENGTH = 12;
    private static final int GROUP = 4;
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    /// As they are shown, this once.
    List<String> draw() {
        return Stream.generate(this::one).limit(MANY).toList();
    }

    private String one() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    Digest digest(Id user, String code) {
        return pepper.digest(secret(user, plain(code)));
    }

    /// The digests that what was typed may be stored under; empty when it cannot be a code.
    Optional<List<Digest>> digests(Id user, String typed) {
        String code = plain(typed);
        return code.length() == LENGTH && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(pepper.digests(secret(user, code)))
                : Optional.empty();
    }

    private static String plain(String code) {
        return code.replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static Secret secret(Id user, String code) {
        return Secret.of("recovery code of " + user.text() + " " + code);
    }
}
