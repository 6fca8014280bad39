package dev.gatehouse.dialect.golden;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.limit.Limit;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Results that no operation gave: every text begins with `EXAMPLE`, every moment is near the beginning of 2026.
final class Samples {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Quota QUOTA = new Quota(Limit.CREDENTIAL, new Rate(40, 1, 40), 39, Duration.ofMillis(25));

    private Samples() {}

    /// As if somebody were over a limit of 40 requests a second, and had to wait for the next one.
    static Refusal tooMany() {
        return new Refusal.TooMany(
                Duration.ofMillis(25), Optional.of(new Quota(QUOTA.limit(), QUOTA.rate(), 0, Duration.ofSeconds(1))));
    }

    /// As if the operation had given everything that it can give, under a limit of 40 requests a second.
    ///
    /// @param revealed whether the Api has secrets of keys told again; otherwise only who makes one is told
    static Result of(Operation operation, Dialect dialect, boolean revealed) {
        Input token = operation == Operation.OPEN_SESSION ? Input.SESSION : Input.ACCESS_TOKEN;
        Optional<TokenRule> rule = Optional.ofNullable(dialect.tokens().get(token));
        Duration life = rule.flatMap(TokenRule::life).orElse(Duration.ofMinutes(15));
        boolean told = revealed || operation == Operation.CREATE_KEY;
        Result sample = of(operation.gives(), operation.lists(), life, told ? "secret" : "mask");
        return sample.with(QUOTA);
    }

    private static Result of(List<Output> gives, Map<Output, List<Output>> lists, Duration life, String secret) {
        Result result = Result.NONE;
        for (Output output : gives) {
            result = switch (output.type()) {
                case TEXT ->
                    output == Output.ERROR // all went well
                            ? result
                            : result.with(output, "EXAMPLE-" + (output == Output.SECRET ? secret : output.word()));
                case NUMBER -> result.with(output, life.toSeconds());
                case TIME -> result.with(output, NOW.plus(life));
                case MAP -> result.with(output, Map.of("EXAMPLE", "https://example.test"));
                case TEXTS -> result.with(output, List.of("EXAMPLE"));
                case OBJECTS -> result.withObjects(output, List.of(Map.of("EXAMPLE", "EXAMPLE")));
                case FLAG -> result.with(output, true);
                case ITEMS ->
                    result.withItems(output, List.of(of(lists.getOrDefault(output, List.of()), lists, life, secret)));
                case FIELDS -> result;
            };
        }
        return result;
    }
}
