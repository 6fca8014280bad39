package dev.gatehouse.server;

import static dev.gatehouse.server.ExchangeWorld.acted;
import static dev.gatehouse.server.ExchangeWorld.encode;
import static dev.gatehouse.server.ExchangeWorld.refused;
import static dev.gatehouse.server.ExchangeWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tokens in exchange for those of others, over HTTP (RFC 8693, GAUNTLET G02).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeOfOthersTest {
    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private ExchangeWorld world;
    private String above = "";
    private String below = "";
    private Customer subject;
    private Customer actor;
    private Customer standIn;

    @BeforeAll
    void start() throws IOException {
        world = new ExchangeWorld(folder, clock);
        above = world.organization();
        below = world.organization(above);
        subject = world.subject(below);
        actor = world.actor(above);
        standIn = world.standIn(above);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static JsonNode payload(String jwt) {
        return JsonMapper.shared()
                .readTree(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    /// Sections 1.1, 2.2.1 and 4.1: delegation.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoActsIsNamedInTheTokenOfTheSubject(String api) {
        Got got = world.exchanged(api, actor, world.own(api, subject), "&scope=things%3Aread");
        String token = token(got);
        assertThat(got.json().get("issued_token_type").asString()).isEqualTo(ExchangeWorld.ACCESS_TOKEN);
        assertThat(got.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(got.json().has("refresh_token")).isFalse();
        assertThat(world.call(api, token)).isEqualTo(200);
        JsonNode told = world.introspected(api, actor, token).json();
        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told.get("sub").asString()).isEqualTo(subject.clientId());
        assertThat(told.get("client_id").asString()).isEqualTo(actor.clientId());
        assertThat(told.get("act").toString()).isEqualTo("{\"sub\":\"" + actor.clientId() + "\"}");
        if (api.equals("orders")) {
            JsonNode claims = payload(token);
            assertThat(claims.get("act")).isEqualTo(told.get("act"));
            assertThat(claims.get("sub")).isEqualTo(told.get("sub"));
        }
        assertThat(world.introspected(api, subject, token).text()).isEqualTo("{\"active\":false}");
    }

    /// Section 4.1: those that acted before are inside, and section 1.1 has an `actor_token` say who acts.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void actorsAreNestedUpToADepth(String api) {
        Customer second = world.actor(above);
        Customer third = world.standIn(above);
        String first = token(world.exchanged(api, actor, world.own(api, subject), acted(world.own(api, actor))));
        String nested = token(world.exchanged(api, second, first, ""));
        String chain = "{\"sub\":\"" + second.clientId() + "\",\"act\":{\"sub\":\"" + actor.clientId() + "\"}}";
        assertThat(world.introspected(api, second, nested).json().get("act").toString())
                .isEqualTo(chain);
        String last = token(world.exchanged(api, third, nested, ""));
        assertThat(world.introspected(api, third, last).json().get("act").toString())
                .isEqualTo(chain);
        assertThat(world.call(api, last)).isEqualTo(200);
        refused(world.exchanged(api, actor, last, ""), "invalid_request");
    }

    /// Section 1.1: impersonation.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void whoStandsInForTheSubjectIsNotNamed(String api) {
        String token = token(world.exchanged(api, standIn, world.own(api, subject), ""));
        JsonNode told = world.introspected(api, standIn, token).json();
        assertThat(told.has("act")).isFalse();
        assertThat(told.get("sub").asString()).isEqualTo(subject.clientId());
        assertThat(told.get("client_id").asString()).isEqualTo(standIn.clientId());
        assertThat(world.call(api, token)).isEqualTo(200);
    }

    /// Who stands in for a customer's application leaves the act of that as it is.
    @Test
    void theCustomersApplicationStaysTheActor() {
        Customer shop = Customer.of(
                world.server,
                below,
                "shop",
                Setup.role(world.server, "delegating", List.of("things:read", "tokens:delegate"), "orders"));
        String customer = Customer.created(
                        world.server, "/v1/organizations/" + below + "/customers", "{\"name\":\"4711\"}")
                .get("id")
                .asString();
        String of = token(world.exchanged(
                "orders", shop, customer, "&subject_token_type=" + encode("urn:gatehouse:token-type:customer")));
        JsonNode stood = payload(token(world.exchanged("orders", standIn, of, "")));
        assertThat(stood.get("sub").asString()).isEqualTo(customer);
        assertThat(stood.get("act").toString()).isEqualTo("{\"sub\":\"" + shop.clientId() + "\"}");
        JsonNode acted = payload(token(world.exchanged("orders", actor, of, "")));
        assertThat(acted.get("act").toString())
                .isEqualTo("{\"sub\":\"" + actor.clientId() + "\",\"act\":{\"sub\":\"" + shop.clientId() + "\"}}");
        world.done("POST", "/v1/customers/" + customer + "/hold", "{}");
        refused(world.exchanged("orders", actor, of, ""), "invalid_request");
    }

    @Test
    void aTokenIsAJwtWhereTheApiHasThose() {
        String own = world.own("orders", subject);
        String types = "&subject_token_type=" + encode(ExchangeWorld.JWT) + "&requested_token_type="
                + encode(ExchangeWorld.JWT);
        Got got = world.exchanged("orders", actor, own, types);
        assertThat(got.json().get("issued_token_type").asString())
                .as(got.text())
                .isEqualTo(ExchangeWorld.JWT);
        refused(world.exchanged("parcels", actor, world.own("parcels", subject), types), "invalid_request");
    }

    /// What is asked for is at most what the subject's token has, and what the client may do itself.
    @Test
    void scopesDoNotGrow() {
        String narrow =
                token(world.server.token("orders", subject, "grant_type=client_credentials&scope=things%3Aread"));
        refused(world.exchanged("orders", actor, narrow, "&scope=things%3Awrite"), "invalid_scope");
        refused(world.exchanged("orders", actor, narrow, "&scope=tokens%3Aexchange"), "invalid_scope");
        Customer poor = Customer.of(
                world.server,
                above,
                "poor",
                Setup.role(world.server, "poor", List.of("things:read", "tokens:exchange"), "orders"));
        Got got = world.exchanged("orders", poor, world.own("orders", subject), "");
        assertThat(got.json().get("scope").asString()).as(got.text()).isEqualTo("things:read");
        refused(
                world.exchanged("orders", poor, world.own("orders", subject), "&scope=things%3Awrite"),
                "invalid_scope");
    }

    /// One answer for every token that the client may not exchange.
    @Test
    void whatIsNotTheClientsToExchangeIsRefused() {
        String own = world.own("orders", subject);
        refused(world.exchanged("orders", world.subject(above), own, ""), "invalid_request");
        refused(world.exchanged("orders", world.actor(world.organization()), own, ""), "invalid_request");
        refused(world.exchanged("orders", world.actor(world.organization(below)), own, ""), "invalid_request");
        refused(world.exchanged("orders", actor, world.own("parcels", subject), ""), "invalid_request");
        refused(world.exchanged("orders", actor, "x", ""), "invalid_request");
        refused(world.exchanged("orders", actor, own, "&audience=urn%3Aelsewhere"), "invalid_target");
        refused(world.exchanged("orders", actor, own, "&resource=https%3A%2F%2Felsewhere.example"), "invalid_target");
        refused(
                world.exchanged(
                        "orders",
                        actor,
                        own,
                        "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Arefresh_token"),
                "invalid_request");
        assertThat(world.exchanged("orders", actor, own, "").status()).isEqualTo(200);
    }

    /// Section 2.1: the actor's token is the client's own, of this Api, and alive.
    @Test
    void theActorIsTheClientThatAuthenticates() {
        String own = world.own("orders", subject);
        Customer other = world.actor(above);
        String gone = world.own("orders", actor);
        world.server.form(
                "orders",
                "/oauth2/revoke",
                "token=" + encode(gone),
                "Authorization",
                RunningServer.basic(actor.clientId(), actor.secret()));
        for (String wrong : List.of(world.own("orders", other), own, gone, "x", world.own("parcels", actor))) {
            refused(world.exchanged("orders", actor, own, acted(wrong)), "invalid_request");
        }
        String type = "&actor_token_type=" + encode(ExchangeWorld.ACCESS_TOKEN);
        refused(world.exchanged("orders", actor, own, type), "invalid_request");
        refused(
                world.exchanged("orders", actor, own, "&actor_token=" + encode(world.own("orders", actor))),
                "invalid_request");
        refused(
                world.exchanged("orders", actor, world.own("orders", actor), acted(world.own("orders", actor))),
                "invalid_request");
        refused(world.exchanged("orders", standIn, own, acted(world.own("orders", standIn))), "invalid_request");
    }

    @Test
    void itLivesNoLongerThanTheTokensThatItCameFrom() {
        String acting = world.own("orders", actor);
        clock.advance(Duration.ofMinutes(5));
        String own = world.own("orders", subject);
        clock.advance(Duration.ofMinutes(2));
        assertThat(world.exchanged("orders", actor, own, "")
                        .json()
                        .get("expires_in")
                        .asLong())
                .isEqualTo(780);
        assertThat(world.exchanged("orders", actor, own, acted(acting))
                        .json()
                        .get("expires_in")
                        .asLong())
                .isEqualTo(480);
    }

    /// GAUNTLET F03: having a token that is bound to a key is not having the key.
    @Test
    void aBoundTokenIsExchangedWithItsKeyOnly() {
        ProofKey key = ProofKey.draw();
        String at = world.server.base("orders") + "/oauth2/token";
        String bound = token(world.server.token(
                "orders",
                "grant_type=client_credentials&scope=things%3Aread",
                "Authorization",
                RunningServer.basic(subject.clientId(), subject.secret()),
                "DPoP",
                key.proof("POST", at, clock.instant())));
        refused(world.exchanged("orders", actor, bound, ""), "invalid_request");
        Got got = world.server.token(
                "orders",
                ExchangeWorld.form(bound, ""),
                "Authorization",
                RunningServer.basic(actor.clientId(), actor.secret()),
                "DPoP",
                ProofKey.draw().proof("POST", at, clock.instant()));
        refused(got, "invalid_request");
        Got held = world.server.token(
                "orders",
                ExchangeWorld.form(bound, ""),
                "Authorization",
                RunningServer.basic(actor.clientId(), actor.secret()),
                "DPoP",
                key.proof("POST", at, clock.instant()));
        assertThat(held.status()).as(held.text()).isEqualTo(200);
        assertThat(held.json().get("token_type").asString()).isEqualTo("DPoP");
    }

    /// The client ends what it got; whose token it came from keeps that.
    @Test
    void whoGotItByExchangeRevokesIt() {
        String own = world.own("orders", subject);
        String token = token(world.exchanged("orders", actor, own, ""));
        for (Customer client : List.of(subject, actor)) {
            assertThat(world.call("orders", token)).isEqualTo(200);
            world.server.form(
                    "orders",
                    "/oauth2/revoke",
                    "token=" + encode(token),
                    "Authorization",
                    RunningServer.basic(client.clientId(), client.secret()));
        }
        assertThat(world.call("orders", token)).isEqualTo(401);
        assertThat(world.call("orders", own)).isEqualTo(200);
    }

    /// Section 2.2.2: an `actor_token` is never overlooked, whoever the client is; and what came to an
    /// application is not for the person whose token it was.
    @Test
    void aPersonHasNoActors() {
        String role = Setup.role(world.server, "persons", List.of("things:read"), "orders");
        Person alice = CodeFlow.person(world.server, below, "alice-as-client", role);
        String membership = world.server
                .admin("GET", "/v1/users/" + alice.id() + "/memberships", "")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asString();
        JsonNode secret = Customer.created(
                world.server,
                "/v1/memberships/" + membership + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"own\",\"scopes\":\"role\"}");
        Customer client = new Customer(
                below,
                membership,
                alice.username(),
                "",
                "",
                secret.get("id").asString(),
                secret.get("secret").asString());
        String own = token(world.server.token("orders", client, "grant_type=client_credentials"));
        token(world.exchanged("orders", client, own, ""));
        String passed = token(world.exchanged("orders", actor, own, ""));
        refused(world.exchanged("orders", client, passed, ""), "invalid_request");
        for (String wrong : List.of("garbage", own, passed, world.own("orders", actor))) {
            refused(world.exchanged("orders", client, own, acted(wrong)), "invalid_request");
        }
    }
}
