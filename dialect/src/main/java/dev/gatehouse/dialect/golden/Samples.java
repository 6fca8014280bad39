package dev.gatehouse.dialect.golden;

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

    private Samples() {}

    /// As if the operation had given everything that it can give.
    static Result of(Operation operation, Dialect dialect) {
        Input token = operation == Operation.OPEN_SESSION ? Input.SESSION : Input.ACCESS_TOKEN;
        Optional<TokenRule> rule = Optional.ofNullable(dialect.tokens().get(token));
        Duration life = rule.flatMap(TokenRule::life).orElse(Duration.ofMinutes(15));
        Result result = Result.NONE;
        for (Output output : operation.gives()) {
            result = switch (output.type()) {
                case TEXT -> result.with(output, "EXAMPLE-" + output.word());
                case NUMBER -> result.with(output, life.toSeconds());
                case TIME -> result.with(output, NOW.plus(life));
                case MAP -> result.with(output, Map.of("EXAMPLE", "https://example.test"));
                case TEXTS -> result.with(output, List.of("EXAMPLE"));
                case FIELDS -> result;
            };
        }
        return result;
    }
}
