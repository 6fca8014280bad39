package dev.gatehouse.server.ops;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The admin listener: three operational paths, everything else is the admin API's.
///
/// * `GET /livez`: 200 while the process answers at all
/// * `GET /readyz`: 200 while requests can be decided here, otherwise 503 with `Retry-After` and why
/// * `GET /metrics`: Prometheus text, for loopback peers only (a scraper elsewhere goes through a local agent)
public final class OpsFront implements Front {
    private final Front admin;
    private final Supplier<Optional<String>> obstacle;
    private final Supplier<List<String>> warnings;
    private final Supplier<String> metrics;

    /// Serves the operational paths itself and leaves the rest to `admin`.
    ///
    /// @param obstacle why not every request can be decided now
    /// @param warnings what somebody should look at although requests can be decided
    public OpsFront(
            Front admin,
            Supplier<Optional<String>> obstacle,
            Supplier<List<String>> warnings,
            Supplier<String> metrics) {
        this.admin = admin;
        this.obstacle = obstacle;
        this.warnings = warnings;
        this.metrics = metrics;
    }

    @Override
    public Outcome head(HttpFacts head) {
        return switch (head.path()) {
            case "/livez" -> read(head, () -> Reply.json(200, Map.of("status", "live")));
            case "/readyz" -> read(head, this::readiness);
            case "/metrics" -> head.from().isLoopbackAddress() ? read(head, this::scrape) : admin.head(head);
            default -> admin.head(head);
        };
    }

    private Reply readiness() {
        return obstacle.get()
                .map(why -> Reply.problem(503, "unavailable", why).with("Retry-After", "1"))
                .orElseGet(this::ready);
    }

    private Reply ready() {
        List<String> open = warnings.get();
        return Reply.json(
                200, open.isEmpty() ? Map.of("status", "ready") : Map.of("status", "ready", "warnings", open));
    }

    private Reply scrape() {
        return new Reply(
                200, List.of(), new Body.Text("text/plain; version=0.0.4; charset=utf-8", metrics.get()), false);
    }

    private static Outcome read(HttpFacts head, Supplier<Reply> reply) {
        head.trace().route(Api.ADMIN, head::path);
        return new Outcome.Answer(
                head.method().equals("GET") || head.method().equals("HEAD")
                        ? reply.get()
                        : Reply.problem(405, "method_not_allowed", "This path takes GET.")
                                .with("Allow", "GET, HEAD"));
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return admin.unreadable(head, status, detail);
    }
}
