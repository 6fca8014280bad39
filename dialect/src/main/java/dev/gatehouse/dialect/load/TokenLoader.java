package dev.gatehouse.dialect.load;

import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how tokens are made.
final class TokenLoader {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final List<Input> TOKENS =
            List.of(Input.ACCESS_TOKEN, Input.REFRESH_TOKEN, Input.SESSION, Input.API_KEY);

    private final Mistakes mistakes;

    TokenLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Map<Input, TokenRule> read(Map<String, Node.Entry> entries) {
        Map<Input, TokenRule> rules = new EnumMap<>(Input.class);
        List<String> words = TOKENS.stream().map(Input::word).toList();
        entries.forEach((word, entry) -> {
            if (words.contains(word)) {
                Fields.of(entry.value(), Section.TOKEN, mistakes).ifPresent(fields -> {
                    Input token = TOKENS.get(words.indexOf(word));
                    TokenRule rule = rule(fields);
                    refuseIdle(token, rule, fields);
                    rules.put(token, rule);
                });
            } else {
                mistakes.word(entry.at(), "token", word, words);
            }
        });
        return rules;
    }

    /// What is said and would not be done: nobody is to believe that it holds.
    private void refuseIdle(Input token, TokenRule rule, Fields fields) {
        Map<String, Boolean> said = new LinkedHashMap<>();
        said.put("format", rule.format().isPresent() && token != Input.ACCESS_TOKEN);
        said.put("idle", rule.idle().isPresent() && token != Input.SESSION);
        said.put(
                "renewable",
                rule.renewable().isPresent() && token != Input.ACCESS_TOKEN && token != Input.REFRESH_TOKEN);
        said.put("shape", rule.shape().isPresent() && token != Input.SESSION);
        said.put("second", rule.live().isPresent() && token != Input.SESSION && token != Input.ACCESS_TOKEN);
        said.put("bound-to", rule.boundToAddress() && token != Input.SESSION);
        said.forEach((key, idle) -> {
            if (idle) {
                mistakes.add(fields.spot(key), "of " + token.word() + " nobody says " + key);
            }
        });
        if (token == Input.ACCESS_TOKEN && rule.live().equals(Optional.of(TokenRule.OneLive.REFUSED))) {
            mistakes.add(fields.spot("second"), "a second access token replaces the first; only sessions are refused");
        }
    }

    private TokenRule rule(Fields fields) {
        Optional<String> bound = fields.text("bound-to");
        bound.filter(word -> !word.equals("address"))
                .ifPresent(word -> mistakes.word(fields.spot("bound-to"), "bond", word, List.of("address")));
        return new TokenRule(
                fields.text("format").flatMap(word -> format(fields, word)),
                duration(fields, "life"),
                duration(fields, "idle"),
                duration(fields, "renewable"),
                fields.word("shape", KeyShape.class, "key shape"),
                fields.word("second", TokenRule.OneLive.class, "rule"),
                bound.isPresent());
    }

    private Optional<TokenFormat> format(Fields fields, String word) {
        Optional<TokenFormat> format = Arrays.stream(TokenFormat.values())
                .filter(one -> one.wire().equals(word))
                .findFirst();
        if (format.isEmpty()) {
            mistakes.word(
                    fields.spot("format"),
                    "token format",
                    word,
                    Arrays.stream(TokenFormat.values()).map(TokenFormat::wire).toList());
        }
        return format;
    }

    Optional<Duration> duration(Fields fields, String key) {
        Optional<String> text = fields.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text.get());
        if (!matcher.matches()) {
            mistakes.add(fields.spot(key), "a duration is a number and s, m, h or d, such as 30m");
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                });
    }
}
