package dev.gatehouse.dialect.load;

import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.OperationRate;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how often operations may be done: `rates`.
final class RateLoader {
    /// Those that are charged to a credential. What ends something is never put off.
    private static final List<Operation> LIMITED = List.of(
            Operation.ISSUE,
            Operation.DELEGATE,
            Operation.RENEW,
            Operation.REFRESH,
            Operation.OPEN_SESSION,
            Operation.SUSPEND_ORGANIZATION,
            Operation.RESUME_ORGANIZATION,
            Operation.SET_ACCESS,
            Operation.CREATE_KEY,
            Operation.LIST_KEYS,
            Operation.GET_KEY,
            Operation.UPDATE_KEY,
            Operation.LIST_CONNECTIONS);

    private static final Pattern TEXT =
            Pattern.compile("([1-9][0-9]{0,5}) in ([1-9][0-9]{0,4})([smhd])( of organization)?");

    private final Mistakes mistakes;

    RateLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    static List<String> words() {
        return LIMITED.stream().map(Operation::word).toList();
    }

    Map<Operation, OperationRate> read(Map<String, Node.Entry> entries) {
        Map<Operation, OperationRate> rates = new EnumMap<>(Operation.class);
        entries.forEach((word, entry) -> {
            int known = words().indexOf(word);
            if (known < 0) {
                mistakes.word(entry.at(), "operation that has a rate", word, words());
            } else {
                Fields.text(entry.value(), mistakes)
                        .flatMap(text -> rate(entry.value(), text))
                        .ifPresent(rate -> rates.put(LIMITED.get(known), rate));
            }
        });
        return rates;
    }

    private Optional<OperationRate> rate(Node at, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            long requests = Long.parseLong(matcher.group(1));
            long seconds = Long.parseLong(matcher.group(2)) * seconds(matcher.group(3));
            if (Rate.possible(requests, seconds, requests)) {
                return Optional.of(new OperationRate(new Rate(requests, seconds, requests), matcher.group(4) != null));
            }
        }
        mistakes.add(
                at.spot(),
                "a rate is so many in a time of at most a day, such as `40 in 1s` or" + " `40 in 1d of organization`");
        return Optional.empty();
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }
}
