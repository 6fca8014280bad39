package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A verdict for another proxy (forward-auth), beside a handler of the same HTTP server that decides nothing.
final class VerifyScenario implements Scenario {
    private static final String YARDSTICK = "bare handler";

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String title() {
        return "A verdict over HTTP (`/verify`)";
    }

    @Override
    public List<String> needs() {
        return List.of("wrk", "taskset");
    }

    @Override
    public Part run(Bench bench) {
        int bare = Ports.free();
        try (Child handler = Child.start(
                        "bare",
                        Bench.SERVER,
                        bench.work(),
                        Map.of(),
                        Jvm.command(BareServer.class, Integer.toString(bare)));
                Node node = Node.start(bench, bench.work().resolve("verify"), new Database.Sqlite())) {
            handler.awaitReady(() -> Ports.open(bare), Duration.ofSeconds(30));
            Installation made = Installation.make(node, "http://127.0.0.1:9");
            String basic = TokenCall.basic(Installation.CLIENT, made.clientSecret());
            String sealed = TokenCall.token(node.sealed("/oauth2/token"), basic);
            List<Row> rows = bench.compare(List.of(
                    new Subject(
                            YARDSTICK,
                            handler.handle(),
                            Load.verdict("http://127.0.0.1:" + bare + "/verify", Installation.HOST, sealed)),
                    new Subject(
                            "Gatehouse, API key",
                            node.handle(),
                            Load.verdict(node.verify(), Installation.HOST, made.apiKey())),
                    new Subject(
                            "Gatehouse, `sealed` token",
                            node.handle(),
                            Load.verdict(node.verify(), Installation.HOST, sealed))));
            return new Part.Compared(
                    rows,
                    YARDSTICK,
                    List.of("The request that nginx makes for `auth_request`; the answer has identity headers and a"
                            + " signed assertion. The bar is 20 µs."));
        }
    }
}
