package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A call that is checked and passed on, beside a proxy that checks nothing and a handler that passes nothing on.
final class GatewayScenario implements Scenario {
    private static final String YARDSTICK = "nginx `proxy_pass`";

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String title() {
        return "A call through the gateway";
    }

    @Override
    public List<String> needs() {
        return List.of("wrk", "taskset", "nginx");
    }

    @Override
    public Part run(Bench bench) {
        int bare = Ports.free();
        try (Nginx upstream = Nginx.upstream(bench);
                Nginx proxy = Nginx.proxy(bench, upstream.port());
                Child handler = Child.start(
                        "bare",
                        Bench.SERVER,
                        bench.work(),
                        Map.of(),
                        Jvm.command(BareServer.class, Integer.toString(bare)));
                Node node = Node.start(bench, bench.work().resolve("gateway"), new Database.Sqlite())) {
            handler.awaitReady(() -> Ports.open(bare), Duration.ofSeconds(30));
            Installation made = Installation.make(node, "http://127.0.0.1:" + upstream.port());
            String basic = TokenCall.basic(Installation.CLIENT, made.clientSecret());
            String sealed = TokenCall.token(node.sealed("/oauth2/token"), basic);
            String jwt = TokenCall.token(node.jwt("/oauth2/token"), basic);
            List<Row> rows = bench.compare(List.of(
                    new Subject(YARDSTICK, proxy.handle(), Load.get("http://127.0.0.1:" + proxy.port() + "/orders/17")),
                    new Subject(
                            "bare handler, no upstream",
                            handler.handle(),
                            Load.get("http://127.0.0.1:" + bare + "/orders/17", made.apiKey())),
                    new Subject(
                            "Gatehouse, API key", node.handle(), Load.get(node.sealed("/orders/17"), made.apiKey())),
                    new Subject(
                            "Gatehouse, `sealed` token", node.handle(), Load.get(node.sealed("/orders/17"), sealed)),
                    new Subject("Gatehouse, `jwt` ES256", node.handle(), Load.get(node.jwt("/orders/17"), jwt))));
            return new Part.Compared(
                    rows,
                    YARDSTICK,
                    List.of("Gatehouse checks the credential and the route's scopes, takes the credential away and adds"
                            + " identity headers and a signed assertion; nginx passes on what it gets. The bar is three"
                            + " times nginx."));
        }
    }
}
