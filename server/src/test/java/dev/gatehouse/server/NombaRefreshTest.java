package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
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

/// Refresh tokens of credentials that have one live token at a time.
class NombaRefreshTest extends NombaFixture {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private Pair issued() {
        return Pair.of(issue(parent, SECRET));
    }

    private void counts(Pair pair) {
        assertThat(call("Bearer " + pair.access(), parent).status()).isEqualTo(200);
    }

    private void ended(Pair pair) {
        refused(call("Bearer " + pair.access(), parent), 401, "01", "Invalid credentials");
    }

    private static void over(Got got) {
        refused(got, 401, "02", "Token expired");
    }

    @Test
    void aPairIsReplacedBeforeAndAfterItsEnd() throws IOException {
        Pair first = issued();
        assertThat(first.refresh()).matches("ghr_[A-Za-z0-9_-]{26,56}");
        Got got = refresh(first, parent);
        Pair second = Pair.of(got);
        assertThat(got.json().get("data").propertyNames())
                .containsExactly("businessId", "access_token", "refresh_token", "expiresAt");
        assertThat(second.access()).isNotEqualTo(first.access());
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        counts(second);
        ended(first);

        server = server.restarted(folder, clock);
        clock.advance(HALF_AN_HOUR);
        refused(call("Bearer " + second.access(), parent), 401, "02", "Token expired");
        Pair third = Pair.of(refresh(second, sub));
        counts(third);
    }

    /// GAUNTLET D01, D04.
    @Test
    void aRefreshTokenThatIsUsedTwiceEndsAllThatCameOfIt() throws IOException {
        Pair first = issued();
        Pair second = Pair.of(refresh(first, parent));
        clock.advance(Duration.ofSeconds(10));
        server = server.restarted(folder, clock);
        over(refresh(first, parent));
        ended(second);
        over(refresh(second, parent));
        assertThat(server.admin("GET", "/v1/audit?limit=5", "").text()).contains("a refresh token was used twice");
        counts(issued());
    }

    /// GAUNTLET D02, D03.
    @Test
    void ofManyRefreshesAtOnceAllHaveTheSameSuccessor() {
        Pair first = issued();
        List<Callable<Pair>> callers = Collections.nCopies(20, () -> Pair.of(refresh(first, parent)));
        List<Pair> pairs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Pair> one : threads.invokeAll(callers)) {
                pairs.add(one.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        assertThat(pairs.stream().map(Pair::refresh).distinct()).hasSize(1);
        pairs.forEach(this::counts);
        ended(first);
        Pair.of(refresh(pairs.getFirst(), parent));
        pairs.forEach(this::ended);
    }

    /// GAUNTLET D05.
    @Test
    void aRefreshTokenCountsBesideItsAccessTokenOnly() {
        Pair first = issued();
        Pair second = issued();
        refused(refresh(new Pair(first.access(), second.refresh()), parent), 401, "01", "Invalid credentials");
        refused(refresh(new Pair("garbage", second.refresh()), parent), 401, "01", "Invalid credentials");
        over(refresh(first, parent));
        over(refresh(new Pair(second.access(), "ghr_garbage"), parent));
        over(refresh(new Pair(second.access(), second.refresh() + "A"), parent));
        over(refresh(second, stranger));
        counts(second);
        Pair.of(refresh(second, parent));
    }

    @Test
    void aNewIssueOrARevocationEndsTheRefreshTokenToo() {
        Pair first = issued();
        issued();
        over(refresh(first, parent));
        Pair third = issued();
        for (int i = 0; i < 2; i++) {
            Got revoked = server.send(
                    "orders",
                    "POST",
                    "/v1/auth/token/revoke",
                    "{\"clientId\":\"" + CLIENT + "\",\"access_token\":\"" + third.access() + "\"}");
            assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
        }
        over(refresh(third, parent));
        ended(third);
        assertThat(server.admin("GET", "/v1/audit?limit=5", "").text()).contains("token.revoke");
    }

    /// GAUNTLET D06.
    @Test
    void whatIsHeldRefreshesNothingAndGoesOnAfterwards() {
        Pair pair = issued();
        for (String held : List.of("/v1/applications/" + application, "/v1/organizations/" + parent)) {
            server.admin("POST", held + "/suspend", "{}");
            over(refresh(pair, parent));
            server.admin("POST", held + "/resume", "{}");
        }
        Pair next = Pair.of(refresh(pair, parent));
        server.admin("POST", "/v1/applications/" + application + "/cut", "{}");
        over(refresh(next, parent));
    }

    /// GAUNTLET D09.
    @Test
    void aRefreshTokenEndsUnusedAndTheLineEndsHoweverMuchItIsUsed() {
        Pair unused = issued();
        clock.advance(Duration.ofDays(30));
        over(refresh(unused, parent));
        Pair pair = issued();
        for (int day = 0; day < 87; day += 3) {
            pair = Pair.of(refresh(pair, parent));
            clock.advance(Duration.ofDays(3));
        }
        clock.advance(Duration.ofDays(2));
        pair = Pair.of(refresh(pair, parent));
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        Pair last = Pair.of(refresh(pair, parent));
        clock.advance(Duration.ofSeconds(1));
        over(refresh(last, parent));
    }

    @Test
    void aSubAccountIsSuspendedAndReactivatedByItsParent() {
        Pair pair = issued();
        String authorization = "Bearer " + pair.access();
        done(managed("suspend", sub, authorization));
        refused(call(authorization, sub), 401, "01", "Invalid credentials");
        assertThat(call(authorization, parent).status()).isEqualTo(200);
        done(managed("suspend", sub, authorization));
        done(managed("reactivate", sub, authorization));
        assertThat(call(authorization, sub).status()).isEqualTo(200);
        assertThat(server.admin("GET", "/v1/audit?limit=5", "").text()).contains("organization.hold", application);
    }

    /// GAUNTLET H01, H05, H06.
    @Test
    void nobodySuspendsOthersOrItselfOrWithoutTheRight() {
        String authorization = "Bearer " + issued().access();
        for (String other : List.of(stranger, parent, Setup.root(server), "org_0000000000000", "B")) {
            refused(managed("suspend", other, authorization), 404, "404", "Record not found");
        }
        refused(managed("suspend", sub, "Bearer garbage"), 401, "01", "Invalid credentials");
        assertThat(server.admin("POST", "/v1/organizations/" + sub + "/hold", "{\"hold\":\"provider\"}")
                        .status())
                .isEqualTo(200);
        done(managed("reactivate", sub, authorization));
        refused(call(authorization, sub), 401, "01", "Invalid credentials");
        String reader = Setup.role(server, "reader", List.of("accounts"), "nomba");
        assertThat(server.admin("PATCH", "/v1/applications/" + application, "{\"role\":\"" + reader + "\"}")
                        .status())
                .isEqualTo(200);
        refused(managed("suspend", sub, authorization), 403, "403", "Forbidden");
    }

    private Got managed(String verb, String account, String authorization) {
        return server.send(
                "orders",
                "PUT",
                "/v1/accounts/" + verb + "/" + account,
                "",
                "Authorization",
                authorization,
                "accountId",
                parent);
    }

    private static void done(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("{\"code\":\"00\",\"description\":\"Success\",\"data\":true}");
    }
}
