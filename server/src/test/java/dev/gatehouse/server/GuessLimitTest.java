package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// Who shows what is no credential is turned away after a while, wherever credentials are shown (GAUNTLET O04).
class GuessLimitTest extends LimitsFixture {
    /// Where credentials are shown, and what a wrong one is answered with.
    enum Place {
        CALL(401),
        TOKEN(401),
        INTROSPECTION(401),
        REVOCATION(401),
        PUBLIC_CLIENT(401),
        CODE(400),
        REFRESH_TOKEN(400),
        PUBLIC_REVOCATION(401),
        PAGE(400);

        final int wrong;

        Place(int wrong) {
            this.wrong = wrong;
        }
    }

    /// The name of a client that has no secret.
    private String web = "";

    @BeforeEach
    void publicClient() {
        change(api -> ((ObjectNode) api.get("scopes"))
                .set("openid", RunningServer.JSON.readTree("{\"description\": \"Know who you are\"}")));
        web = Customer.created(server, "/v1/organizations/" + Setup.root(server) + "/applications", """
                {"name": "web", "token_endpoint_auth_method": "none",
                 "grant_types": ["authorization_code", "refresh_token"], "redirect_uris": ["https://web.example/cb"]}
                """)
                .get("client_id")
                .asString();
    }

    private Got guess(Place place, int number) {
        IntFunction<String> basic =
                guess -> RunningServer.basic(customer.clientId(), "ghs_live_" + "x".repeat(40) + guess);
        return switch (place) {
            case CALL -> call("GET", "/things", "ghk_live_" + "x".repeat(40) + number);
            case TOKEN -> server.token("orders", "grant_type=client_credentials", "Authorization", basic.apply(number));
            case INTROSPECTION ->
                server.form("orders", "/oauth2/introspect", "token=t", "Authorization", basic.apply(number));
            case REVOCATION -> server.form("orders", "/oauth2/revoke", "token=t", "Authorization", basic.apply(number));
            case PUBLIC_CLIENT ->
                server.token("orders", "grant_type=refresh_token&refresh_token=gtr_x&client_id=nobody" + number);
            case CODE ->
                server.token(
                        "orders",
                        "grant_type=authorization_code&code=gtc_" + "x".repeat(42) + number + "&client_id=" + web);
            case REFRESH_TOKEN ->
                server.token(
                        "orders",
                        "grant_type=refresh_token&refresh_token=gtr_" + "x".repeat(42) + number + "&client_id=" + web);
            case PUBLIC_REVOCATION -> server.form("orders", "/oauth2/revoke", "token=t&client_id=nobody" + number);
            case PAGE -> server.call("orders", "GET", "/oauth2/authorize?response_type=code&client_id=nobody" + number);
        };
    }

    @ParameterizedTest
    @EnumSource
    void afterSoManyGuessesNothingIsLookedAtAnywhere(Place place) {
        limit("\"guesses\":" + times(3));
        for (int i = 0; i < 3; i++) {
            assertThat(guess(place, i).status()).isEqualTo(place.wrong);
        }
        for (Place other : Place.values()) {
            tooMany(guess(other, 9));
        }
        Got right = call("/things");
        tooMany(right);
        assertThat(right.header("RateLimit"))
                .as("how many guesses are left is not told")
                .isEmpty();
        assertThat(server.call("orders", "GET", "/open/1").status()).isEqualTo(200);
    }

    /// A browser shows the login that it had until it is told otherwise, and it is told.
    @Test
    void aLoginThatNobodyKnowsAnyMoreIsForgottenAndIsNoGuess() {
        limit("\"guesses\":" + times(1));
        for (int i = 0; i < 3; i++) {
            Got page = server.call(
                    "orders", "GET", "/oauth2/sign-in", "Cookie", "gatehouse-session=ghl_" + "0".repeat(63) + i);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.headers().get("set-cookie"))
                    .anyMatch(cookie -> cookie.startsWith("gatehouse-session=;") && cookie.contains("Max-Age=0"));
        }
    }

    /// What comes of codes and refresh tokens counts for the address before anything is looked at.
    @Test
    void whoeverIsOverTheLimitOfItsAddressBurnsNoCode() {
        limit("\"address\":" + times(1));
        assertThat(server.mint("orders", customer, "things:read")).isNotEmpty();
        for (Place place : List.of(Place.PUBLIC_CLIENT, Place.CODE, Place.REFRESH_TOKEN)) {
            tooMany(guess(place, 1));
        }
        assertThat(guess(Place.PUBLIC_REVOCATION, 1).status())
                .as("ending something is never put off")
                .isEqualTo(401);
    }

    /// RFC 6749 section 2.3: it is refused, and yet nobody can have made it up.
    @Test
    void aGenuineSecretThatIsShownInTheWrongWayIsNoGuess() {
        limit("\"guesses\":" + times(1));
        Got changed = server.admin(
                "PATCH",
                "/v1/applications/" + customer.application(),
                "{\"token_endpoint_auth_method\":\"client_secret_post\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            Got got = server.token(
                    "orders",
                    "grant_type=client_credentials",
                    "Authorization",
                    RunningServer.basic(customer.clientId(), customer.secret()));
            assertThat(got.status()).as(got.text()).isEqualTo(401);
        }
        assertThat(call("/things").status()).isEqualTo(200);
    }

    @Test
    void whoeverHasACredentialNeverGuesses() {
        limit("\"guesses\":" + times(1));
        for (int i = 0; i < 5; i++) {
            assertThat(call("/things").status()).isEqualTo(200);
            assertThat(call("DELETE", "/things/1", customer.apiKey()).status()).isEqualTo(403);
            assertThat(server.call("orders", "GET", "/things").status()).isEqualTo(401);
            assertThat(call("GET", "/things", server.mint("orders", customer, "things:read"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(server.admin("POST", "/v1/credentials/" + customer.apiKeyId() + "/revoke", "")
                        .status())
                .isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            assertThat(call("/things").status()).as("revoked").isEqualTo(401);
        }
        assertThat(guess(Place.CALL, 1).status()).isEqualTo(401);
        tooMany(guess(Place.CALL, 2));
    }
}
