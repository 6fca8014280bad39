package dev.gatehouse.core.secret;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a new password must be (NIST SP 800-63B-4 section 3.1.1.2): long enough, not one of those that everybody
/// tries first, and not the username. No rule of composition. Every character counts as it is typed: nothing is
/// trimmed, cut or normalised (GAUNTLET M06).
public final class PasswordRules {
    /// The fewest characters.
    public static final int LEAST = 8;

    /// The most. Longer ones are refused rather than cut.
    public static final int MOST = 256;

    /// What is allowed, for messages.
    public static final String ALLOWED = LEAST + " to " + MOST
            + " characters, any of them, that are neither a password that many have nor the username";

    /// Those of eight characters and more at the top of every published list of stolen passwords. All shorter
    /// ones are too short already.
    private static final Set<String> COMMON = Set.of(
            "password",
            "password1",
            "password12",
            "password123",
            "password1234",
            "passw0rd",
            "p@ssw0rd",
            "p@ssword",
            "12345678",
            "123456789",
            "1234567890",
            "12345678910",
            "123123123",
            "987654321",
            "9876543210",
            "87654321",
            "11111111",
            "00000000",
            "88888888",
            "66666666",
            "99999999",
            "22222222",
            "12341234",
            "11223344",
            "qwertyui",
            "qwertyuiop",
            "qwerty123",
            "qwerty12",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "1qaz2wsx",
            "zaq12wsx",
            "asdfghjkl",
            "asdfasdf",
            "zxcvbnm1",
            "zxcvbnm123",
            "abcd1234",
            "abc12345",
            "abcdefgh",
            "a1b2c3d4",
            "iloveyou",
            "iloveyou1",
            "sunshine",
            "princess",
            "princess1",
            "football",
            "football1",
            "baseball",
            "superman",
            "superman1",
            "starwars",
            "whatever",
            "trustno1",
            "welcome1",
            "welcome123",
            "letmein1",
            "admin123",
            "administrator",
            "changeme",
            "computer",
            "internet",
            "michelle",
            "jennifer",
            "charlie1",
            "dragon123",
            "monkey123",
            "master123",
            "shadow123",
            "secret123",
            "gatehouse",
            "default1",
            "testtest",
            "test1234",
            "temp1234",
            "pass1234",
            "passpass",
            "password!",
            "password1!");

    private PasswordRules() {}

    /// Why a password is not taken.
    public static Optional<String> weakness(String username, Secret password) {
        String text = password.reveal();
        int length = text.codePointCount(0, text.length());
        String folded = text.toLowerCase(Locale.ROOT);
        boolean weak = length < LEAST
                || length > MOST
                || COMMON.contains(folded)
                || folded.equals(username)
                || text.codePoints().distinct().count() == 1;
        return weak ? Optional.of(ALLOWED) : Optional.empty();
    }
}
