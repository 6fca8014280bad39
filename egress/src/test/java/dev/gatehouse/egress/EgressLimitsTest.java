package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.egress.Fetched.Cause;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Deadlines, turns and TLS, through sockets on the loopback (GAUNTLET J07).
class EgressLimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Limits LONG =
            new Limits(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 32 * 1024, 2, 3);

    /// Soon over between two reads, and never before a request was sent.
    private static final Limits SHORT_READS =
            new Limits(Duration.ofMinutes(1), Duration.ofMillis(300), Duration.ofMinutes(1), 32 * 1024, 2, 3);

    /// Long enough for a busy machine to connect and to begin to send.
    private static final Limits SHORT_IN_ALL = LONG.within(Duration.ofSeconds(3));
    private static final Resolver LOOPBACK =
            _ -> List.of(AddressBlock.numeric("127.0.0.1").orElseThrow());

    private static Egress egress(Limits limits, Opening... openings) {
        return new Egress(List.of(openings), limits, LOOPBACK, System::nanoTime, EgressListener.NONE);
    }

    private static Opening plain(PeerServer peer) {
        return new Opening(false, "crm.test", peer.port(), Optional.empty());
    }

    private static Fetched get(Egress egress, PeerServer peer) {
        return egress.fetch(EgressRequest.get("http://crm.test:" + peer.port() + "/"));
    }

    private static void block(InputStream in) throws IOException {
        while (in.read() >= 0) {}
    }

    @Test
    void serverThatSaysNothingIsSlow() {
        try (PeerServer peer = PeerServer.behaving((in, _) -> block(in));
                Egress egress = egress(SHORT_READS, plain(peer))) {
            assertThat(get(egress, peer)).isEqualTo(new Fetched.Unreachable(Cause.SLOW, true));
        }
    }

    /// Each byte comes soon enough; the whole does not.
    @Test
    void serverThatNeverEndsIsCutAtTheWholeDeadline() {
        try (PeerServer peer = PeerServer.behaving(EgressLimitsTest::dribble);
                Egress egress = egress(SHORT_IN_ALL, plain(peer))) {
            assertThat(get(egress, peer)).isEqualTo(new Fetched.Unreachable(Cause.SLOW, true));
        }
    }

    private static void dribble(InputStream in, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] chunk = {'1', '\r', '\n', 'x', '\r', '\n'};
        while (true) {
            out.write(chunk);
            out.flush();
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void serverThatReadsNothingIsSlow() {
        CountDownLatch over = new CountDownLatch(1);
        try (PeerServer peer = PeerServer.behaving((_, _) -> await(over));
                Egress egress = egress(SHORT_IN_ALL, plain(peer))) {
            assertThat(egress.fetch(new EgressRequest(
                            "POST",
                            "http://crm.test:" + peer.port() + "/",
                            List.of(),
                            Bytes.of(new byte[64 * 1024 * 1024]),
                            100)))
                    .isEqualTo(new Fetched.Unreachable(Cause.SLOW, true));
            over.countDown();
        }
    }

    @Test
    void resolverThatHangsHoldsNobody() {
        CountDownLatch never = new CountDownLatch(1);
        try (Egress egress = new Egress(
                List.of(),
                SHORT_IN_ALL,
                _ -> {
                    await(never);
                    return List.of();
                },
                System::nanoTime,
                EgressListener.NONE)) {
            assertThat(egress.fetch(EgressRequest.get("https://hangs.test/")))
                    .isEqualTo(new Fetched.Unreachable(Cause.NAME, false));
        }
    }

    /// A host that is slow holds so many, and nobody waits for it.
    @Test
    void noMoreAreUnderWayThanAllowedAndTheRestIsTurnedAwayAtOnce() throws InterruptedException, ExecutionException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(2);
        try (PeerServer slow = PeerServer.behaving((_, out) -> {
                    inside.countDown();
                    await(go);
                    out.write(OK.getBytes(StandardCharsets.US_ASCII));
                });
                PeerServer other = PeerServer.behaving((_, out) -> out.write(OK.getBytes(StandardCharsets.US_ASCII)));
                Egress egress = egress(LONG, plain(slow), plain(other))) {
            List<FutureTask<Fetched>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                FutureTask<Fetched> call = new FutureTask<>(() -> get(egress, slow));
                calls.add(call);
                Thread.ofVirtual().start(call);
            }
            inside.await();
            assertThat(get(egress, slow)).isEqualTo(new Fetched.Unreachable(Cause.BUSY, false));
            assertThat(get(egress, other)).isInstanceOf(Fetched.Answer.class);
            assertThat(slow.connections()).isEqualTo(2);
            go.countDown();
            for (FutureTask<Fetched> call : calls) {
                assertThat(call.get()).isInstanceOf(Fetched.Answer.class);
            }
        }
    }

    @Test
    void whoeverFindsNoTurnFreeGetsNone() {
        Turns<String> turns = new Turns<>(2, 3);
        assertThat(turns.take("a")).isPresent();
        Optional<Turns.Turn> second = turns.take("a");
        assertThat(turns.take("a")).isEmpty();
        assertThat(turns.take("b")).isPresent();
        assertThat(turns.take("c")).as("three in all").isEmpty();
        second.orElseThrow().close();
        assertThat(turns.take("a")).isPresent();
        assertThat(turns.places()).isEqualTo(2);
    }

    @Test
    void placesThatNobodyUsesAreForgotten() {
        Turns<String> turns = new Turns<>(1, 1);
        for (int i = 0; i < 1000; i++) {
            turns.take("host" + i).orElseThrow().close();
        }
        assertThat(turns.places()).isZero();
    }

    @Test
    void certificateOfTheOperatorsChoiceIsTrustedForItsNameAlone() {
        TestAuthority authority = new TestAuthority("inside");
        try (PeerServer right = PeerServer.tls(authority.issue("crm.test"), OK);
                PeerServer wrongName = PeerServer.tls(authority.issue("other.test"), OK);
                PeerServer stranger = PeerServer.tls(new TestAuthority("stranger").issue("crm.test"), OK);
                Egress egress = egress(
                        Limits.DEFAULT,
                        secure(right).trusting(authority.certificate()),
                        secure(wrongName).trusting(authority.certificate()),
                        secure(stranger).trusting(authority.certificate()))) {
            assertThat(secureGet(egress, right)).isInstanceOf(Fetched.Answer.class);
            assertThat(secureGet(egress, wrongName)).isEqualTo(new Fetched.Unreachable(Cause.TLS, false));
            assertThat(secureGet(egress, stranger)).isEqualTo(new Fetched.Unreachable(Cause.TLS, false));
        }
    }

    @Test
    void serversOwnCertificateMayBeTheOneThatIsTrusted() {
        TestAuthority.Issued leaf = new TestAuthority("inside").issue("crm.test");
        try (PeerServer peer = PeerServer.tls(leaf, OK);
                Egress egress = egress(Limits.DEFAULT, secure(peer).trusting(leaf.certificate()))) {
            assertThat(secureGet(egress, peer)).isInstanceOf(Fetched.Answer.class);
        }
    }

    @Test
    void openedHostWithoutACertificateOfItsOwnNeedsOneThatEverybodyTrusts() {
        try (PeerServer peer = PeerServer.tls(new TestAuthority("inside").issue("crm.test"), OK);
                Egress egress = egress(Limits.DEFAULT, secure(peer))) {
            assertThat(secureGet(egress, peer)).isEqualTo(new Fetched.Unreachable(Cause.TLS, false));
        }
    }

    private static Opening secure(PeerServer peer) {
        return new Opening(true, "crm.test", peer.port(), Optional.empty());
    }

    private static Fetched secureGet(Egress egress, PeerServer peer) {
        return egress.fetch(EgressRequest.get("https://crm.test:" + peer.port() + "/"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
