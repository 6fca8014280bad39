package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminClientTest {
    private FakeServer server;
    private AdminClient client;

    @BeforeEach
    void open() throws IOException {
        server = new FakeServer();
        client = new AdminClient(server.base(), Secret.of("ghk_live_x"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void listsWalkAllPages() {
        server.answers(200, "{\"items\":[{\"id\":\"org_1\",\"name\":\"Root\"}],\"next\":\"a b\"}")
                .answers(200, "{\"items\":[{\"id\":\"org_2\",\"name\":\"Acme\",\"parent\":\"org_1\"}]}");
        assertThat(Page.all(ask -> client.organizations(Optional.of("org_1"), ask)))
                .extracting(Organization::id, Organization::parent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("org_1", Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("org_2", Optional.of("org_1")));
        assertThat(server.asked)
                .extracting(FakeServer.Asked::target)
                .containsExactly("/v1/organizations?parent=org_1", "/v1/organizations?after=a%20b&parent=org_1");
        assertThat(server.asked.getFirst().authorization()).isEqualTo("Bearer ghk_live_x");
    }

    @Test
    void aListIsAskedForByPageAndNameAndCounted() {
        server.answers(200, "{\"items\":[],\"total\":12}").answers(200, "{\"items\":[],\"total\":1.5}");
        var third = new Page.Ask(Optional.of(5), Optional.empty(), Optional.of(3), Optional.of("B\u00e4r & Co"), true);
        assertThat(client.roles("org_1", third).total()).contains(12L);
        assertThat(client.apis(Page.Ask.FIRST).total()).isEmpty();
        assertThat(server.asked)
                .extracting(FakeServer.Asked::target)
                .containsExactly(
                        "/v1/organizations/org_1/roles?limit=5&page=3&name=B%C3%A4r%20%26%20Co&count=true", "/v1/apis");
    }

    @Test
    void whatHasANameIsWalkedOverAllPages() {
        server.answers(200, "{\"items\":[],\"next\":\"m\"}").answers(200, "{\"items\":[]}");
        assertThat(Page.all(client::apis, Page.Ask.named("x"))).isEmpty();
        assertThat(server.asked)
                .extracting(FakeServer.Asked::target)
                .containsExactly("/v1/apis?name=x", "/v1/apis?after=m&name=x");
    }

    @Test
    void aCreatedSecretIsReadOnceAndNeverPrinted() {
        server.answers(
                201,
                "{\"id\":\"cred_1\",\"application\":\"app_1\",\"kind\":\"api_key\",\"secret\":\"ghk_live_y\",\"new\":1}");
        Credential made = client.createCredential("app_1", Json.Obj.EMPTY.with("kind", "api_key"));
        assertThat(made.secret().orElseThrow().reveal()).isEqualTo("ghk_live_y");
        assertThat(made.toString()).doesNotContain("ghk_live_y");
        assertThat(made.json().compact()).doesNotContain("ghk_live_y").contains("\"new\":1");
        assertThat(server.asked.getFirst())
                .isEqualTo(new FakeServer.Asked(
                        "POST", "/v1/applications/app_1/credentials", "Bearer ghk_live_x", "{\"kind\":\"api_key\"}"));
    }

    @Test
    void anActionGoesToTheCollectionOfTheId() {
        server.answers(200, "{}").answers(200, "{}").answers(204, "");
        client.act(Action.CUT, "org_1", Json.Obj.EMPTY);
        client.act(Action.SUSPEND, "app_1", Json.Obj.EMPTY);
        assertThat(client.act(Action.REVOKE, "cred_1", Json.Obj.EMPTY)).isEqualTo(Json.Obj.EMPTY);
        assertThat(server.asked)
                .extracting(FakeServer.Asked::target)
                .containsExactly(
                        "/v1/organizations/org_1/cut",
                        "/v1/applications/app_1/suspend",
                        "/v1/credentials/cred_1/revoke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org", "tok_1", "nothing_1", "/v1/organizations"})
    void whatIsNoIdIsNotSent(String id) {
        assertThatThrownBy(() -> client.member(id)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void anIdCannotLeaveItsCollection() {
        server.answers(404, "{\"status\":404,\"code\":\"not_found\",\"detail\":\"\"}");
        assertThatThrownBy(() -> client.member("org_/../apis")).isInstanceOf(GatehouseException.Refused.class);
        assertThat(server.asked.getFirst().target()).isEqualTo("/v1/organizations/org_%2F..%2Fapis");
    }

    @Test
    void aProblemBecomesATypedRefusal() {
        server.answers(
                429,
                "{\"type\":\"urn:gatehouse:problem:too_many\",\"status\":429,\"code\":\"too_many\",\"detail\":\"slower\"}",
                Map.of("Retry-After", "7", "X-Request-Id", "r-1"));
        var refused = catchThrowableOfType(GatehouseException.Refused.class, client::whoami);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too_many");
        assertThat(refused.detail()).isEqualTo("slower");
        assertThat(refused.requestId()).contains("r-1");
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"id\":1}"})
    void anAnswerThatIsNotGatehousesIsNeverTakenForOne(String body) {
        server.answers(200, body);
        assertThatThrownBy(() -> client.organization("org_1")).isInstanceOf(GatehouseException.Unreachable.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.answers(307, "{}", Map.of("Location", "/elsewhere"));
        assertThat(catchThrowableOfType(GatehouseException.Refused.class, client::whoami)
                        .status())
                .isEqualTo(307);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void aClosedPortIsUnreachable() {
        server.close();
        assertThatThrownBy(client::whoami)
                .isInstanceOf(GatehouseException.Unreachable.class)
                .hasMessageContaining("nothing answers at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://localhost", "http:///x", "http://localhost?x=1"})
    void aBaseMustBeAnHttpUrl(String base) {
        assertThatThrownBy(() -> new AdminClient(URI.create(base), Secret.of("k")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
