package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every operation of the OpenAPI document does over HTTP what the document says: it takes the body, answers with
/// the status, and what it answers has the schema.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedOperationsTest {
    @TempDir
    static Path folder;

    private final AtomicInteger estates = new AtomicInteger();
    private RunningServer server;
    private Requests requests;
    private String root = "";
    private Estate read;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        requests = Requests.to(server);
        Estate provider = Estate.provider(server);
        root = provider.organization();
        read = Estate.below(server, root, "read").withApi().withSession().withProvider();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Each operation with what it must have, and with each member and parameter besides that it may have.
    private Stream<Arguments> requests() {
        List<Arguments> all = new ArrayList<>();
        for (Operation operation : requests.document().operations()) {
            if (takesMore(operation)) {
                continue;
            }
            all.add(Arguments.of(operation, ""));
            Requests.optional(operation).forEach(name -> all.add(Arguments.of(operation, name)));
        }
        return all.stream();
    }

    /// What succeeds only with a platform and a browser that has been there, which [ConnectFlowTest] does, and what
    /// takes something that was made before, which [RegistrationTest] and [RevealTest] do.
    private static boolean takesMore(Operation operation) {
        return operation.method().equals("POST")
                && (operation.path().contains("/connect-sessions")
                        || operation.path().endsWith("/reveal")
                        || operation.path().endsWith("/withdraw"));
    }

    @Test
    void thereAreOperations() {
        assertThat(requests.document().operations()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requests")
    void anOperationDoesWhatIsDocumented(Operation operation, String member) {
        Estate estate = estate(operation);
        List<String> others = switch (member) {
            case "" -> List.of();
            case "redirect_uris" -> List.of(member, "grant_types");
            case "backchannel_logout_session_required" -> List.of(member, "backchannel_logout_uri");
            case "frontchannel_logout_uri" -> List.of(member, "redirect_uris", "grant_types");
            case "frontchannel_logout_session_required" ->
                List.of(member, "frontchannel_logout_uri", "redirect_uris", "grant_types");
            case "subject_type" -> List.of(member, "redirect_uris", "grant_types");
            // There would have to be a list that is fetched: SectorTest. What can be said here is that there is none.
            case "sector_identifier_uri" -> operation.method().equals("PATCH") ? List.of(member) : List.of();
            case "assertion_issuer" -> List.of(member, "jwks");
            case "assertion_subject" -> List.of(member, "assertion_issuer", "jwks");
            case "profile" -> List.of(member, "token_endpoint_auth_method");
            case "token_endpoint_auth_method" ->
                operation.path().startsWith("/v1/identity-providers")
                        ? List.of(member, "client_secret")
                        : List.of(member);
            default -> List.of(member);
        };
        Got got = requests.send(
                server.bootstrapKey(),
                operation,
                requests.path(operation, estate, having(member, operation, estate)),
                requests.body(operation, estate, others));
        assertThat(got.status()).as(got.text()).isEqualTo(operation.success());
        if (got.status() == 201 && !got.header("Location").isEmpty()) {
            assertThat(server.admin("GET", got.header("Location"), "").status()).isEqualTo(200);
        }
    }

    /// The ids of nouns that have a member, where those of the estate have it not.
    private Map<String, String> having(String member, Operation operation, Estate estate) {
        boolean keys = List.of("jwks", "jwks_uri", "assertion_issuer", "assertion_subject")
                        .contains(member)
                || member.startsWith("tls_client_auth_");
        if (keys && operation.path().endsWith("/rotate")) {
            String jwks = SigningClient.jwks("one", SigningClient.draw());
            String issuer = member.startsWith("assertion_")
                    ? ",\"assertion_issuer\":\"https://ci.example.com\",\"assertion_subject\":\"repo:acme/shop\""
                    : "";
            return made(estate, "{\"kind\":\"public_key\",\"name\":\"k\",\"jwks\":" + jwks + issuer + "}");
        }
        if (!member.equals("origins") || !operation.method().equals("PATCH")) {
            return Map.of();
        }
        return made(estate, "{\"kind\":\"domain_key\",\"name\":\"k\",\"origins\":[\"https://a.example\"]}");
    }

    private Map<String, String> made(Estate estate, String body) {
        String path = "/v1/applications/" + estate.id("app") + "/credentials";
        return Map.of(
                "credential", Customer.created(server, path, body).get("id").asString());
    }

    private Stream<Arguments> parameters() {
        return requests.document().operations().stream()
                .flatMap(operation -> operation.parameters().stream()
                        .filter(parameter -> parameter.get("in").asString().equals("query"))
                        .map(parameter ->
                                Arguments.of(operation, parameter.get("name").asString(), parameter.get("schema"))));
    }

    @ParameterizedTest(name = "{0} ?{1}")
    @MethodSource("parameters")
    void aParameterIsTakenAsDocumented(Operation operation, String name, JsonNode schema) {
        Estate estate = estate(operation);
        String path = requests.path(operation, estate);
        JsonNode value = name.equals("after") ? mark(path) : requests.value(name, schema, estate);
        Got got = requests.send(
                server.bootstrapKey(),
                operation,
                path + "?" + name + "=" + value.asString(),
                requests.body(operation, estate, List.of()));
        assertThat(got.status()).as(got.text()).isEqualTo(operation.success());
    }

    /// A place in a list: what a page names as the next one, otherwise its one item.
    private JsonNode mark(String path) {
        JsonNode page = server.admin("GET", path + "?limit=1", "").json();
        return Stream.of("/next", "/items/0/id", "/items/0/number", "/last")
                .map(page::at)
                .filter(found -> !found.isMissingNode())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no place in " + page));
    }

    private List<Operation> taking(String header) {
        return requests.document().operations().stream()
                .filter(operation -> operation.parameters().stream()
                        .anyMatch(one -> one.get("name").asString().equals(header)))
                .toList();
    }

    private List<Operation> conditionalReads() {
        return taking("If-None-Match");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditionalReads")
    void whatTheCallerHasAlreadyIsNotSentAgain(Operation operation) {
        String path = requests.path(operation, estate(operation));
        ObjectNode none = RunningServer.JSON.createObjectNode();
        Got got = requests.send(server.bootstrapKey(), operation, path, none);
        String tag = got.header("ETag");
        assertThat(tag).matches("\"[^\"]+\"");
        for (String given : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            assertThat(requests.send(server.bootstrapKey(), operation, path, none, "If-None-Match", given)
                            .status())
                    .isEqualTo(304);
        }
        assertThat(requests.send(server.bootstrapKey(), operation, path, none, "If-None-Match", "\"other\"")
                        .text())
                .isEqualTo(got.text());
    }

    private List<Operation> conditionalWrites() {
        return taking("If-Match").stream()
                .filter(operation -> !takesMore(operation))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditionalWrites")
    void aWriteThatIsTiedToAStateIsDoneInThatStateOnly(Operation operation) {
        Estate estate = estate(operation);
        String path = requests.path(operation, estate);
        String member = String.join("/", List.of(path.split("/", -1)).subList(0, 4));
        ObjectNode body = requests.body(operation, estate, List.of());
        Map<String, String> before = StoredRows.of(folder);
        for (String given :
                List.of("\"other\"", "W/" + server.admin("GET", member, "").header("ETag"))) {
            assertThat(requests.send(server.bootstrapKey(), operation, path, body, "If-Match", given)
                            .status())
                    .isEqualTo(412);
        }
        assertThat(requests.send(server.bootstrapKey(), operation, path, body, "If-Match", "other")
                        .status())
                .isEqualTo(400);
        assertThat(StoredRows.of(folder)).isEqualTo(before);
        String tag = server.admin("GET", member, "").header("ETag");
        assertThat(requests.send(server.bootstrapKey(), operation, path, body, "If-Match", tag)
                        .status())
                .isEqualTo(operation.success());
    }

    /// But for one whose replies are never kept.
    @Test
    void everyWriteTakesAnIdempotencyKeyAndNothingElseDoes() {
        assertThat(taking("Idempotency-Key"))
                .isEqualTo(requests.document().writes().stream()
                        .filter(operation -> !operation.path().endsWith("/reveal"))
                        .toList());
    }

    private List<Operation> writes() {
        return requests.document().writes().stream()
                .filter(operation -> !takesMore(operation))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void underOneKeyARequestHasOneEffectAndOneReplyAndAnotherRequestNone(Operation operation) {
        Estate estate = estate(operation);
        String path = requests.path(operation, estate);
        ObjectNode body = requests.body(operation, estate, List.of());
        String[] key = {"Idempotency-Key", "once-" + estates.get()};
        Got first = requests.send(server.bootstrapKey(), operation, path, body, key);
        assertThat(first.status()).as(first.text()).isEqualTo(operation.success());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        Map<String, String> stored = StoredRows.of(folder);
        JsonNode newest = newestAuditRow();
        Got again = requests.send(server.bootstrapKey(), operation, path, body, key);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(besidesReceipt(again)).isEqualTo(besidesReceipt(first));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        for (String header : List.of("ETag", "Location")) {
            assertThat(again.header(header)).isEqualTo(first.header(header));
        }
        Got other = requests.send(
                server.bootstrapKey(), operation, path, body, key[0], key[1], "If-None-Match", "\"another request\"");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(StoredRows.of(folder)).isEqualTo(stored);
        assertThat(newestAuditRow()).isEqualTo(newest);
    }

    /// A receipt is for one reply: the effect was waited for again.
    private static JsonNode besidesReceipt(Got got) {
        ObjectNode body = (ObjectNode) got.json();
        body.remove("receipt");
        return body;
    }

    private JsonNode newestAuditRow() {
        return server.admin("GET", "/v1/audit?limit=1", "").json().at("/items/0/id");
    }

    private List<Operation> bodies() {
        return requests.document().writes().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aMemberThatMustBeThereIsMissedByName(Operation operation) {
        Estate estate = estate(operation);
        ObjectNode whole = requests.body(operation, estate, List.of());
        for (String name : whole.propertyNames()) {
            ObjectNode body = whole.deepCopy();
            body.remove(name);
            Got got = requests.send(server.bootstrapKey(), operation, requests.path(operation, estate), body);
            assertThat(got.json().get("code").asString()).isEqualTo("missing_field");
            assertThat(got.json().get("detail").asString()).startsWith(name + " ");
        }
    }

    /// Things that nothing was done to yet.
    /// Fresh for what writes; what reads finds all that there is.
    private Estate estate(Operation operation) {
        if (operation.method().equals("GET")) {
            return read;
        }
        Estate estate = Estate.below(server, root, "estate-" + estates.incrementAndGet());
        if (operation.path().contains("session")) {
            return estate.withSession();
        }
        if (operation.path().contains("identit")) {
            return estate.withProvider();
        }
        return operation.path().contains("{api}") ? estate.withApi() : estate;
    }
}
