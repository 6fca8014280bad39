package dev.gatehouse.server;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.testkit.ReferencePage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What is answered to a request before anything is decided, as a table of the reference: the same on every
/// front.
public final class UndecidedTable {
    private static final Map<String, List<String>> TOLD = Map.of(
            "invalid_request", List.of("The request cannot be read.", "Correct what `detail` names."),
            "method_not_allowed", List.of("No method of this name is served.", "Use one that `Allow` names."),
            "request_timeout", List.of("The request took too long to arrive.", "Send it again, faster."),
            "too_large",
                    List.of(
                            "Body, target or headers are over the limit.",
                            "Send less; limits are in the configuration."),
            "misdirected",
                    List.of("The host is not served on this connection.", "Connect to the host that the URL names."),
            "bad_upstream",
                    List.of("The service behind the gateway did not answer, or not properly.", "Look at that service."),
            "unavailable", List.of("The request cannot be served at the moment.", "Try again after `Retry-After`."));

    private UndecidedTable() {}

    /// Checks the table against what a front answers for each status.
    public static void check(IntFunction<Reply> unreadable) {
        Map<String, String> statuses = new TreeMap<>();
        IntStream.range(401, 600).forEach(status -> {
            String code = code(unreadable.apply(status));
            if (!code.equals("invalid_request")) {
                statuses.merge(code, Integer.toString(status), (some, more) -> some + ", " + more);
            }
        });
        Map<String, String> all = new LinkedHashMap<>(Map.of(code(unreadable.apply(400)), "400"));
        all.putAll(statuses);
        ReferencePage.section(
                "errors.md",
                "undecided",
                "| `code` | status | what happened | what to do |\n|---|---|---|---|\n"
                        + all.entrySet().stream()
                                .map(one -> "| `" + one.getKey() + "` | " + one.getValue() + " | "
                                        + String.join(" | ", TOLD.getOrDefault(one.getKey(), List.of("?"))) + " |\n")
                                .collect(Collectors.joining()));
    }

    private static String code(Reply reply) {
        return ((Body.Json) reply.body()).members().get("code").toString();
    }
}
