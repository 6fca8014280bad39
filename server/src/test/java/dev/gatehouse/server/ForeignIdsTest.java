package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GAUNTLET H01 and H02, made from the OpenAPI document: wherever an operation takes an id, one of another
/// organization is answered exactly like one that never was, and nothing changes. The caller holds every scope
/// there is, within its own organization.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignIdsTest {
    /// Where an operation takes an id.
    enum Place {
        PATH,
        QUERY,
        BODY
    }

    /// One such slot.
    ///
    /// @param prefix of the ids that it takes
    record Slot(Operation operation, Place place, String name, String prefix) {
        @Override
        public String toString() {
            return operation + " " + place + " " + name;
        }
    }

    @TempDir
    static Path folder;

    private RunningServer server;
    private Requests requests;
    private Estate provider;
    private Estate own;
    private Estate sibling;
    private Estate foreign;
    private Secret caller = Secret.of("none");

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        requests = Requests.to(server);
        provider = Estate.provider(server).withProvider();
        Estate above = Estate.below(server, provider.organization(), "above").withSession();
        own = Estate.below(server, above.organization(), "own")
                .withSession()
                .withApi()
                .withProvider();
        sibling = Estate.below(server, above.organization(), "sibling")
                .withSession()
                .withApi()
                .withProvider();
        foreign = Estate.below(server, provider.organization(), "foreign")
                .withSession()
                .withApi()
                .withProvider();
        caller = administrator(above.organization());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// A key of this organization with all scopes of the admin API, and of the Api that roles are about.
    private Secret administrator(String organization) {
        JsonNode scopes = server.admin("GET", "/v1/apis/gatehouse", "").json().get("scopes");
        String all = RunningServer.JSON.writeValueAsString(List.copyOf(scopes.propertyNames()));
        String role = made(
                "/v1/organizations/" + organization + "/roles",
                "\"rights\":{\"gatehouse\":" + all + ",\"orders\":[\"things:read\",\"things:write\"]}",
                "id");
        String application =
                made("/v1/organizations/" + organization + "/applications", "\"role\":\"" + role + "\"", "id");
        return Secret.of(made(
                "/v1/applications/" + application + "/credentials",
                "\"kind\":\"api_key\",\"scopes\":\"role\"",
                "secret"));
    }

    private String made(String path, String members, String shown) {
        return Customer.created(server, path, "{\"name\":\"administrator\"," + members + "}")
                .get(shown)
                .asString();
    }

    private Stream<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (Operation operation : requests.document().operations()) {
            for (JsonNode parameter : operation.parameters()) {
                String name = parameter.get("name").asString();
                Place place = parameter.get("in").asString().equals("path") ? Place.PATH : Place.QUERY;
                ApiDocument.idPrefix(parameter.get("schema"))
                        .ifPresent(prefix -> slots.add(new Slot(operation, place, name, prefix)));
            }
            operation
                    .body()
                    .ifPresent(schema -> schema.get("properties")
                            .properties()
                            .forEach(member -> ApiDocument.idPrefix(member.getValue())
                                    .ifPresent(prefix ->
                                            slots.add(new Slot(operation, Place.BODY, member.getKey(), prefix)))));
        }
        return slots.stream();
    }

    @Test
    void thereAreSlotsOfEveryKind() {
        assertThat(slots().map(Slot::place)).contains(Place.values());
        assertThat(slots()).hasSizeGreaterThan(35);
    }

    /// Apis are seen by all, and keys and identity providers by the provider alone, whichever organization an Api
    /// belongs to. So is the audit trail, whatever it is searched for.
    private Stream<Slot> tenantSlots() {
        return slots().filter(slot -> !slot.operation().path().startsWith("/v1/audit"))
                .filter(slot -> !slot.prefix().equals("api") && !slot.prefix().equals("key"))
                .filter(slot -> !slot.operation().path().startsWith("/v1/identity-providers"));
    }

    /// H01.
    @ParameterizedTest(name = "{0}")
    @MethodSource("tenantSlots")
    void anIdOfAnotherOrganizationIsNotThere(Slot slot) {
        Map<String, String> before = StoredRows.of(folder);
        List<String> hidden = new ArrayList<>(List.of(foreign.id(slot.prefix())));
        if (slot.place() != Place.BODY || !slot.prefix().equals("role")) { // a role from above may be given on
            hidden.add(provider.id(slot.prefix()));
        }
        Got never = sent(slot, never(foreign.id(slot.prefix())));
        assertThat(never.status()).as(never.text()).isEqualTo(404);
        for (String id : hidden) {
            assertSame(sent(slot, id), never);
        }
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    private Stream<Slot> apiSlots() {
        return slots().filter(slot -> slot.prefix().equals("api"));
    }

    /// H01 for Apis: everybody may see them, because roles and keys name them. All else is the provider's, and
    /// its answer does not tell whether there is such an Api.
    @ParameterizedTest(name = "{0}")
    @MethodSource("apiSlots")
    void anApiIsSeenAndNothingElse(Slot slot) {
        Map<String, String> before = StoredRows.of(folder);
        Got got = sent(slot, foreign.id("api"));
        if (got.status() == 200) {
            assertThat(slot.operation().method()).isEqualTo("GET");
            assertThat(got.text()).doesNotContain("\"upstream\"", "\"listener\"");
        } else {
            assertThat(got.status()).as(got.text()).isEqualTo(403);
            assertSame(sent(slot, never(foreign.id("api"))), got);
        }
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    /// H01 for cursors, which say where a page begins and give nothing away: a page that begins after a foreign
    /// id is the page that begins after the id that would stand next to it.
    @Test
    void aCursorOfAnotherOrganizationShowsOnlyWhatIsOnesOwn() {
        for (Operation operation : lists()) {
            String path = requests.path(operation, own);
            String child =
                    items(server.admin("GET", path, "")).getFirst().get("id").asString();
            String prefix = child.substring(0, child.indexOf('_'));
            String id = foreign.id(prefix);
            Got got = requests.send(caller, operation, path + "?after=" + id, RunningServer.JSON.createObjectNode());
            Got never = requests.send(
                    caller, operation, path + "?after=" + never(id), RunningServer.JSON.createObjectNode());
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.text()).isEqualTo(never.text());
        }
    }

    /// H02: the children of one parent are not found below another, in one organization or across.
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("nested")
    void aChildIsNotFoundBelowAnotherParent(Operation operation) {
        Map<String, String> before = StoredRows.of(folder);
        List<String> variables = operation.variables();
        String child = variables.getLast();
        String id = sibling.id(Requests.prefix(operation, child));
        JsonNode body = requests.body(operation, own, List.of());
        Got never = requests.send(
                server.bootstrapKey(), operation, requests.path(operation, own, Map.of(child, never(id))), body);
        assertThat(never.status()).as(never.text()).isEqualTo(404);
        assertSame(
                requests.send(server.bootstrapKey(), operation, requests.path(operation, own, Map.of(child, id)), body),
                never);
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    /// Operations on a child below a parent; there may be none.
    private List<Operation> nested() {
        return requests.document().operations().stream()
                .filter(operation -> operation.variables().size() > 1)
                .toList();
    }

    /// H02: a list below a parent has that parent's children, all of them and no others.
    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void aListHasTheChildrenOfItsParentOnly(Operation operation) {
        String variable = operation.variables().getFirst();
        for (Estate estate : List.of(own, sibling)) {
            List<JsonNode> items = items(requests.send(
                    caller, operation, requests.path(operation, estate), RunningServer.JSON.createObjectNode()));
            assertThat(items).isNotEmpty();
            assertThat(items)
                    .allMatch(item ->
                            item.get(variable).asString().equals(estate.id(Requests.prefix(operation, variable))));
        }
    }

    /// The lists below a member, in pages.
    private List<Operation> lists() {
        return requests.document().operations().stream()
                .filter(operation -> !operation.writes()
                        && operation.variables().size() == 1
                        && !operation.path().contains("{api}")
                        && operation.parameters().stream()
                                .anyMatch(parameter ->
                                        parameter.path("name").asString("").equals("limit")))
                .toList();
    }

    /// H02 in bodies: a role of a sister organization is not given to an application here.
    @ParameterizedTest(name = "{0}")
    @MethodSource("roleSlots")
    void aRoleOfASisterOrganizationIsNotThere(Slot slot) {
        Map<String, String> before = StoredRows.of(folder);
        assertSame(sent(slot, sibling.id("role")), sent(slot, never(sibling.id("role"))));
        assertThat(StoredRows.of(folder)).isEqualTo(before);
    }

    private Stream<Slot> roleSlots() {
        return slots().filter(
                        slot -> slot.place() == Place.BODY && slot.prefix().equals("role"));
    }

    private Got sent(Slot slot, String id) {
        Operation operation = slot.operation();
        String path = slot.place() == Place.PATH
                ? requests.path(operation, own, Map.of(slot.name(), id))
                : requests.path(operation, own);
        ObjectNode body = requests.body(operation, own, List.of());
        if (slot.place() == Place.BODY) {
            body.put(slot.name(), id);
        }
        String query = slot.place() == Place.QUERY ? "?" + slot.name() + "=" + id : "";
        return requests.send(caller, operation, path + query, body);
    }

    /// One answer, to the last header.
    private static void assertSame(Got one, Got other) {
        assertThat(one.text()).isEqualTo(other.text());
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(headers(one)).isEqualTo(headers(other));
    }

    private static Map<String, List<String>> headers(Got got) {
        Map<String, List<String>> headers = new TreeMap<>(got.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Date") || name.equalsIgnoreCase("X-Request-Id"));
        return headers;
    }

    /// The id next to another one, which nothing has.
    private static String never(String id) {
        return id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    }

    private static List<JsonNode> items(Got got) {
        return List.copyOf(got.json().get("items").values());
    }
}
