package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A customer of Nomba whose provider has moved: tokens by client credentials, for the parent account or one
/// below it.
class NombaTest extends NombaFixture {
    @Test
    void theWholeStory() throws IOException {
        Got got = issue(parent, SECRET);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("code").asString()).isEqualTo("00");
        assertThat(got.json().get("description").asString()).isEqualTo("Success");
        JsonNode data = got.json().get("data");
        assertThat(data.propertyNames()).containsExactly("businessId", "access_token", "refresh_token", "expiresAt");
        assertThat(data.get("expiresAt").asString())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(30)).toString());
        String token = data.get("access_token").asString();
        assertThat(token.length()).isBetween(300, 600);
        String account = data.get("businessId").asString();
        assertThat(account).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(call("Bearer " + token, account).status()).isEqualTo(200);
        assertThat(call(token, account).status()).as("without the scheme").isEqualTo(200);

        server = server.restarted(folder, clock);
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
        refused(call("Bearer " + token, stranger), 401, "01", "Invalid credentials");

        String second = token(account);
        refused(call("Bearer " + token, account), 401, "01", "Invalid credentials");
        assertThat(call("Bearer " + second, account).status()).isEqualTo(200);

        for (int i = 0; i < 2; i++) {
            Got revoked = server.send(
                    "orders",
                    "POST",
                    "/v1/auth/token/revoke",
                    "{\"clientId\":\"" + CLIENT + "\",\"access_token\":\"" + second + "\"}");
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.text()).isEqualTo("{\"code\":\"00\",\"description\":\"Token revoked successfully\"}");
            refused(call("Bearer " + second, account), 401, "01", "Invalid credentials");
        }
    }

    /// Whoever has a token ends it without proving more: the trail says whose it was.
    @Test
    void theTrailSaysWhoseTokenWasEnded() {
        String token = token(parent);
        assertThat(server.send(
                                "orders",
                                "POST",
                                "/v1/auth/token/revoke",
                                "{\"clientId\":\"" + CLIENT + "\",\"access_token\":\"" + token + "\"}")
                        .status())
                .isEqualTo(200);
        JsonNode rows =
                server.admin("GET", "/v1/audit?verb=token.revoke", "").json().get("items");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("actor").toString()).contains(application, parent);
    }

    @Test
    void aTokenIsForAccountsOfTheCallersTreeOnly() {
        assertThat(issue(sub, SECRET).status()).isEqualTo(200);
        refused(issue(stranger, SECRET), 401, "01", "Invalid credentials");
        refused(issue("01a10aeb-d989-460a-bbde-9842f2b4320f", SECRET), 401, "01", "Invalid credentials");
        refused(issue(parent, "wrong-secret-of-length"), 401, "01", "Invalid credentials");
        String token = token(parent);
        server.admin("POST", "/v1/organizations/" + sub + "/suspend", "{}");
        refused(call("Bearer " + token, sub), 401, "01", "Invalid credentials");
        assertThat(call("Bearer " + token, parent).status()).isEqualTo(200);
    }

    /// One live token, whatever the order in which requests for it come through.
    @Test
    void ofManyTokensThatAreAskedForAtOnceOneCounts() {
        List<Callable<String>> callers = Collections.nCopies(20, () -> token(parent));
        List<String> tokens = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> one : threads.invokeAll(callers)) {
                tokens.add(one.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        assertThat(tokens)
                .filteredOn(token -> call("Bearer " + token, parent).status() == 200)
                .hasSize(1);
        List<String> verbs = server.admin("GET", "/v1/audit?limit=100", "")
                .json()
                .get("items")
                .valueStream()
                .map(row -> row.get("verb").asString())
                .toList();
        assertThat(verbs).contains("credential.add").doesNotContain("credential.cut");
    }

    @Test
    void anAccountWhoseTimeIsOverIsNoneOfTheCallers() {
        String end = clock.instant().plus(Duration.ofMinutes(10)).toString();
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, "{\"expires_at\":\"" + end + "\"}")
                        .status())
                .isEqualTo(200);
        String token = token(sub);
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
        refused(call("Bearer " + token, sub), 401, "01", "Invalid credentials");
        refused(issue(sub, SECRET), 401, "01", "Invalid credentials");
        assertThat(call("Bearer " + token(parent), parent).status()).isEqualTo(200);
    }

    /// Law 2: an open stream lasts as long as its call would be allowed.
    @Test
    void aStreamOfAnAccountIsCutWithTheAccount() throws IOException {
        String token = token(parent);
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RawClient client = server.connect("orders")) {
            Got moved = server.admin(
                    "PUT", "/v1/apis/nomba", api("\"version\": 0", "http://127.0.0.1:" + upstream.getLocalPort()));
            assertThat(moved.status()).as(moved.text()).isEqualTo(200);
            client.send("GET /v1/accounts/balance HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                    + "\r\naccountId: " + sub + "\r\n\r\n");
            try (Socket stream = RawClient.accepted(upstream)) {
                stream.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\nbegin"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(client.answer(true).status()).isEqualTo(200);
                assertThat(client.take(5)).isEqualTo(5);
                server.admin("POST", "/v1/organizations/" + sub + "/suspend", "{}");
                assertThat(client.ended()).isTrue();
            }
        }
    }

    @Test
    void theKeyIsSuspendedAndBackAndATokenEnds() {
        String token = token(parent);
        server.admin("POST", "/v1/applications/" + application + "/suspend", "{}");
        refused(call("Bearer " + token, parent), 401, "01", "Invalid credentials");
        server.admin("POST", "/v1/applications/" + application + "/resume", "{}");
        assertThat(call("Bearer " + token, parent).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(30));
        refused(call("Bearer " + token, parent), 401, "02", "Token expired");
        refused(server.send("orders", "GET", "/v1/accounts/balance", ""), 401, "401", "Unauthorized");
    }

    /// Whoever revokes a token has it and knows whose it is.
    @Test
    void nobodyRevokesATokenUnderAnotherName() {
        String token = token(parent);
        Got got = server.send(
                "orders",
                "POST",
                "/v1/auth/token/revoke",
                "{\"clientId\":\"" + CLIENT.replace('2', '3') + "\",\"access_token\":\"" + token + "\"}");
        assertThat(got.status()).isEqualTo(200);
        assertThat(call("Bearer " + token, parent).status()).isEqualTo(200);
    }
}
