package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// OpenID Connect Back-Channel Logout 1.0, as an application on an internal host sees it that the operator opened.
class BackChannelTest {
    private static final String SIGN_OUT = "/oauth2/sign-out";
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private LogoutListener listener;
    private RunningServer server;
    private Person alice;
    private Landing client;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        listener = new LogoutListener();
        server = RunningServer.with(folder, clock, "egress:\n  allow: [\"" + listener.origin() + "\"]\n");
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        listens(listener.origin() + "/back?a=b");
        reader = new Reader(server, "orders");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        listener.close();
    }

    private void listens(String uri) {
        Got got = server.admin(
                "PATCH",
                "/v1/applications/" + client.application(),
                "{\"backchannel_logout_uri\":\"" + uri + "\",\"backchannel_logout_session_required\":true}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("backchannel_logout_uri").asString()).isEqualTo(uri);
    }

    /// Signs in at the application; its ID token.
    private String signIn() {
        reader.open(client.request("openid", ""));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        Got got = client.redeem(client.answer(reader.onwards()).get("code"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("id_token").asString();
    }

    private void signOut() {
        reader.open(SIGN_OUT);
        reader.send(SIGN_OUT, "decision", "sign-out");
    }

    private static JsonNode part(String token, int part) {
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[part]));
    }

    private boolean signed(String token) throws GeneralSecurityException {
        JsonNode jwk = null;
        for (JsonNode one : server.call("orders", "GET", "/oauth2/jwks").json().get("keys")) {
            if (one.get("kid").asString().equals(part(token, 0).get("kid").asString())) {
                jwk = one;
            }
        }
        assertThat(jwk).isNotNull();
        Base64.Decoder decoder = Base64.getUrlDecoder();
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, decoder.decode(jwk.get("n").asString())),
                        new BigInteger(1, decoder.decode(jwk.get("e").asString())))));
        int dot = token.lastIndexOf('.');
        check.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return check.verify(decoder.decode(token.substring(dot + 1)));
    }

    /// The audit row of a notice that was given up.
    private JsonNode undelivered() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() - until < 0) {
            JsonNode rows = server.admin("GET", "/v1/audit?verb=logout.undelivered", "")
                    .json()
                    .get("items");
            if (!rows.isEmpty()) {
                return rows.get(0);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nothing was given up");
    }

    /// Waits until it is written down that attempts have failed.
    private void failed(int times) {
        counted("gatehouse_logout_failures_total " + times + ".0");
    }

    private void counted(String line) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!server.ops("/metrics").text().contains(line)) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("never " + line);
            }
        }
    }

    /// Sections 2.4 to 2.6.
    @Test
    void anApplicationHearsThatItsPersonHasSignedOut() throws GeneralSecurityException {
        JsonNode idToken = part(signIn(), 1);
        signOut();
        LogoutListener.Heard heard = listener.next();
        assertThat(heard.method()).isEqualTo("POST /back?a=b");
        assertThat(heard.type()).isEqualTo("application/x-www-form-urlencoded");
        String token = heard.token();
        assertThat(part(token, 0).get("typ").asString()).isEqualTo("logout+jwt");
        assertThat(part(token, 0).get("alg").asString()).isEqualTo("RS256");
        assertThat(signed(token)).isTrue();
        JsonNode claims = part(token, 1);
        for (String same : List.of("iss", "sub", "aud", "sid")) {
            assertThat(claims.get(same)).as(same).isEqualTo(idToken.get(same));
        }
        assertThat(claims.get("events").get(EVENT).isEmpty()).isTrue();
        assertThat(claims.get("jti").asString()).hasSizeGreaterThan(20);
        assertThat(claims.get("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(120);
        assertThat(claims.has("nonce")).isFalse();
    }

    /// Core section 8: under the name that this application knows.
    @Test
    void anApplicationOfASectorHearsOfItsPersonByThatName() {
        Got got = server.admin("PATCH", "/v1/applications/" + client.application(), "{\"subject_type\":\"pairwise\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode told = part(signIn(), 1);
        assertThat(told.get("sub").asString()).isNotEqualTo(alice.id());
        assertThat(told.get("sid").asString()).doesNotStartWith("ses_");
        signOut();
        JsonNode heard = part(listener.next().token(), 1);
        assertThat(heard.get("sub")).isEqualTo(told.get("sub"));
        assertThat(heard.get("sid")).isEqualTo(told.get("sid"));
    }

    /// GAUNTLET E06.
    @Test
    void aLogoutTokenIsNothingElse() {
        signIn();
        signOut();
        String token = listener.next().token();
        assertThat(server.call("orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(server.call("orders", "GET", "/me", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
        assertThat(reader.open(client.signOut(Optional.of(token))).text()).contains("id=\"error\"");
    }

    @Test
    void whateverEndsALoginIsTold() {
        String first = signIn();
        reader.open("/oauth2/account");
        assertThat(reader.send("/oauth2/account", "end-all", "yes").status()).isEqualTo(303);
        assertThat(part(listener.next().token(), 1).get("sid"))
                .isEqualTo(part(first, 1).get("sid"));
        for (String end : List.of("sessions/revoke", "cut", "suspend")) {
            String again = signIn();
            Got got = server.admin("POST", "/v1/users/" + alice.id() + "/" + end, "");
            assertThat(got.status()).as(got.text()).isBetween(200, 204);
            assertThat(part(listener.next().token(), 1).get("sid"))
                    .as(end)
                    .isEqualTo(part(again, 1).get("sid"));
        }
    }

    @Test
    void whatFailsIsTriedAgain() {
        signIn();
        listener.answers(500);
        signOut();
        String first = part(listener.next().token(), 1).get("jti").asString();
        failed(1);
        listener.answers(307);
        clock.advance(Duration.ofMinutes(2));
        LogoutListener.Heard second = listener.next();
        assertThat(part(second.token(), 1).get("jti").asString()).isNotEqualTo(first);
        failed(2);
        listener.answers(204);
        clock.advance(Duration.ofMinutes(12));
        assertThat(listener.next().method()).isEqualTo("POST /back?a=b");
        assertThat(listener.waiting()).isZero();
    }

    @Test
    void afterTwelveTriesItIsGivenUp() {
        signIn();
        listener.answers(500);
        signOut();
        for (int i = 1; i < 12; i++) {
            listener.next();
            failed(i);
            clock.advance(Duration.ofMinutes(11));
        }
        listener.next();
        JsonNode row = undelivered();
        assertThat(row.get("target").asString()).isEqualTo(client.application());
        assertThat(row.toString()).contains("5xx", alice.id());
    }

    @Test
    void afterADayItIsGivenUpWhateverWasTried() {
        signIn();
        listener.answers(500);
        signOut();
        listener.next();
        failed(1);
        clock.advance(Duration.ofHours(25));
        counted("gatehouse_logout_undelivered_total 1.0");
        assertThat(listener.waiting()).isEqualTo(1);
    }

    /// Section 2.8: what it says of a request that it cannot handle, which may be over soon.
    @Test
    void anApplicationThatRefusesIsAskedAgain() {
        signIn();
        listener.answers(400);
        signOut();
        listener.next();
        failed(1);
        listener.answers(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(listener.next().method()).isEqualTo("POST /back?a=b");
    }

    @Test
    void anApplicationThatIsStoppedIsNotTold() {
        signIn();
        Got got = server.admin("POST", "/v1/applications/" + client.application() + "/suspend", "");
        assertThat(got.status()).as(got.text()).isBetween(200, 204);
        signOut();
        assertThat(undelivered().toString()).contains("stopped");
        assertThat(listener.waiting()).isZero();
    }

    /// Whoever proves itself again goes on with what applications know.
    @Test
    void anIdTokenNamesTheLoginThatTheApplicationWasToldOf() {
        reader.open(client.request("openid%20offline_access", ""));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        reader.follow();
        reader.send("/oauth2/consent", "decision", "allow");
        JsonNode first =
                client.redeem(client.answer(reader.onwards()).get("code")).json();
        reader.open(client.request("openid", "&prompt=login"));
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        JsonNode next = client.refresh(first.get("refresh_token").asString()).json();
        assertThat(part(next.get("id_token").asString(), 1).get("sid"))
                .isEqualTo(part(first.get("id_token").asString(), 1).get("sid"));
    }

    /// GAUNTLET J06.
    @Test
    void whatTheOperatorHasNotOpenedIsNotReached() throws IOException {
        try (LogoutListener inside = new LogoutListener()) {
            listens(inside.origin() + "/back");
            signIn();
            signOut();
            assertThat(undelivered().toString()).contains("refused_scheme");
            assertThat(inside.waiting()).isZero();
        }
    }

    /// What was not sent when a node went down is sent by the next.
    @Test
    void aNodeThatStopsLosesNothing() throws IOException {
        signIn();
        listener.answers(503);
        signOut();
        listener.next();
        server = server.restartedWith(folder, clock, "egress:\n  allow: [\"" + listener.origin() + "\"]\n");
        listener.answers(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(listener.next().method()).isEqualTo("POST /back?a=b");
    }
}
