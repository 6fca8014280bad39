package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Subject;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Tokens issued to a client with its secret, or one token asked about again and again, beside other authorization
/// servers on the same PostgreSQL.
final class TokenScenario implements Scenario {
    private static final String YARDSTICK = "Gatehouse, `jwt` ES256";

    private final boolean issue;

    private TokenScenario(boolean issue) {
        this.issue = issue;
    }

    static Scenario issue() {
        return new TokenScenario(true);
    }

    static Scenario introspect() {
        return new TokenScenario(false);
    }

    @Override
    public String name() {
        return issue ? "issue" : "introspect";
    }

    @Override
    public String title() {
        return issue ? "Issuing a token (`client_credentials`)" : "Introspecting a token";
    }

    @Override
    public List<String> needs() {
        return List.of("wrk", "taskset");
    }

    @Override
    public Part run(Bench bench) {
        List<AutoCloseable> running = new ArrayList<>();
        try {
            List<Subject> subjects = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            Node node = Node.start(bench, bench.work().resolve(name()), Database.PostgreSql.fresh());
            running.add(node);
            String own = TokenCall.basic(
                    Installation.CLIENT,
                    Installation.make(node, "http://127.0.0.1:9").clientSecret());
            subjects.add(subject("Gatehouse, `sealed`", node.handle(), node::sealed, own));
            subjects.add(subject(YARDSTICK, node.handle(), node::jwt, own));
            if (Files.exists(SpringServer.jar(bench))) {
                SpringServer spring = SpringServer.start(bench, Database.PostgreSql.fresh());
                running.add(spring);
                String basic = TokenCall.basic("bench", SpringServer.SECRET);
                subjects.add(subject("Spring Authorization Server, ES256", spring.handle(), spring::address, basic));
            } else {
                notes.add("Spring Authorization Server: not run, it was not built.");
            }
            if (Files.exists(Keycloak.zip(bench))) {
                Keycloak keycloak = Keycloak.start(bench, Database.PostgreSql.fresh());
                running.add(keycloak);
                String basic = TokenCall.basic("bench", Keycloak.SECRET);
                subjects.add(subject("Keycloak, ES256", keycloak.handle(), keycloak::address, basic));
            } else {
                notes.add("Keycloak: not run, its archive was not fetched.");
            }
            notes.add("All on one PostgreSQL, whose own CPU time is not counted."
                    + (issue
                            ? ""
                            : " Gatehouse and Keycloak read the token; Spring looks it up among all that it issued."));
            return new Part.Compared(bench.compare(subjects), YARDSTICK, notes);
        } finally {
            running.reversed().forEach(TokenScenario::end);
        }
    }

    private Subject subject(String label, ProcessHandle process, UnaryOperator<String> address, String basic) {
        String tokens = address.apply("/oauth2/token");
        if (issue) {
            return new Subject(label, process, Load.form(tokens, basic, "grant_type=client_credentials"));
        }
        String token = TokenCall.token(tokens, basic);
        return new Subject(label, process, Load.form(address.apply("/oauth2/introspect"), basic, "token=" + token));
    }

    private static void end(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new BenchException("a server did not end", e);
        }
    }
}
