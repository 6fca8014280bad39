package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.egress.Fetched;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Tells what a token endpoint's answer means: a token, the end of the credential, or nothing this time (RFC 6749
/// sections 5.1 and 5.2, and what platforms make of them).
final class TokenAnswer {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private TokenAnswer() {}

    static Obtained read(Platform platform, OAuth oauth, Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer answer -> read(platform, oauth, answer);
            case Fetched.Refused refused -> nothing(refused.word(), true);
            case Fetched.Unreachable unreachable -> nothing(unreachable.word(), !unreachable.sent());
        };
    }

    private static Obtained read(Platform platform, OAuth oauth, Fetched.Answer answer) {
        Map<String, String> members = JsonAnswer.read(answer.body()).orElse(Map.of());
        Optional<String> dead = Stream.of("error", "status", "code")
                .flatMap(name -> Optional.ofNullable(members.get(name)).stream())
                .filter(oauth.dead()::contains)
                .findFirst();
        boolean token = members.containsKey("access_token") && !members.containsKey("error");
        if (answer.status() / 100 == 2 && token) {
            return tokens(oauth, members);
        }
        if (dead.isPresent() && answer.status() < 500) {
            return new Obtained.Dead(dead.get());
        }
        String error = Optional.ofNullable(members.get("error"))
                .filter(word -> WORD.matcher(word).matches())
                .map(word -> ", " + word)
                .orElse("");
        boolean known = (answer.status() >= 300 && answer.status() < 500) || members.containsKey("error");
        return new Obtained.Nothing(
                "the platform answered " + answer.status() + error, known, AskedPause.of(platform, answer));
    }

    private static Obtained tokens(OAuth oauth, Map<String, String> members) {
        Map<String, String> named = new HashMap<>(oauth.answer());
        named.put("access_token", "access_token");
        named.put("refresh_token", "refresh_token");
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, String> entry : named.entrySet()) {
            Optional<String> value =
                    Optional.ofNullable(members.get(entry.getKey())).filter(text -> !text.isEmpty());
            if (value.filter(text -> !storable(text)).isPresent()) {
                return nothing("the platform answered with a value that is none", false);
            }
            value.ifPresent(text -> fields.put(entry.getValue(), text));
        }
        if (!fields.containsKey("access_token")) {
            return nothing("the platform answered without a token", false);
        }
        return new Obtained.Tokens(fields, life(members).or(oauth::life));
    }

    private static boolean storable(String text) {
        return text.length() <= Field.MAX_VALUE && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    /// GAUNTLET N04: what is no number of seconds says nothing.
    private static Optional<Duration> life(Map<String, String> members) {
        return Optional.ofNullable(members.get("expires_in"))
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(life -> life.isPositive() && life.compareTo(LONGEST) <= 0);
    }

    private static Obtained nothing(String why, boolean known) {
        return new Obtained.Nothing(why, known, Optional.empty());
    }
}
