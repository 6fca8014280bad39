package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET H08 and O05: a receipt counts, and comes, whatever has become of one of the nodes.
@ExtendWith(Clustered.class)
class ReceiptsInTroubleTest {
    /// Revokes of each kind in each trouble: one in every build, more with `-Plong`.
    private static final int REVOKES = Integer.getInteger("gatehouse.revokes-in-trouble", 1);

    /// Two of the kinds in a build, one that is a fact and one of the dead set; the table is whole with `-Plong`.
    private static void revoke(Estate estate, String name, Watch.Trouble trouble) throws Exception {
        Times times = new Times();
        try (Watch watch = new Watch(estate)) {
            for (int i = 0; i < REVOKES; i++) {
                for (Victim.Kind kind : Victim.Kind.values()) {
                    if (REVOKES > 1 || kind == Victim.Kind.API_KEY || kind == Victim.Kind.SEALED) {
                        var seen = watch.revoke(kind, estate.cluster.nodes, estate.cluster.node(i % 2), trouble);
                        assertThat(seen.statuses()).doesNotContain(500);
                        times.add(kind.name(), seen.took());
                        estate.cluster.awaitAllReady();
                    }
                }
            }
        }
        times.report("receipts-" + name);
    }

    @Test
    void aNodeThatIsKilledAndStartedAgain(Estate estate) throws Exception {
        Node third = estate.cluster.node(2);
        revoke(estate, "killed", new Watch.Trouble() {
            @Override
            public void begin() {
                third.kill();
            }

            @Override
            public void end(Victim revoked) {
                third.start();
            }
        });
    }

    /// What waits at its door when it wakes up is younger than the receipt, and older than its next beat.
    @Test
    void aNodeThatIsPausedAcceptsNothingWhenItWakesUp(Estate estate) throws Exception {
        Node third = estate.cluster.node(2);
        revoke(estate, "paused", new Watch.Trouble() {
            @Override
            public void begin() {
                third.freeze();
            }

            @Override
            public void end(Victim revoked) throws IOException {
                try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), third.port(revoked.api()))) {
                    waiting.getOutputStream()
                            .write(("GET /things HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: "
                                            + revoked.bearer() + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    third.thaw();
                    InputStream answer = waiting.getInputStream();
                    String line = new String(answer.readNBytes("HTTP/1.1 503".length()), StandardCharsets.US_ASCII);
                    assertThat(line).isIn("HTTP/1.1 503", "HTTP/1.1 401");
                }
            }
        });
    }

    /// GAUNTLET O05: it can be reached and reaches nobody.
    @Test
    void aNodeThatIsCutOffRefusesAndHealsByItself(Estate estate) throws Exception {
        Node third = estate.cluster.node(2);
        revoke(estate, "cut-off", new Watch.Trouble() {
            @Override
            public void begin() {
                third.way.cut();
            }

            @Override
            public void end(Victim revoked) {
                cutOff(estate, third);
                third.way.open();
            }
        });
    }

    @Test
    void aNodeWhoseWayToTheDatabaseSwallowsEverything(Estate estate) throws Exception {
        Node third = estate.cluster.node(2);
        revoke(estate, "swallowed", new Watch.Trouble() {
            @Override
            public void begin() {
                third.way.hold();
            }

            @Override
            public void end(Victim revoked) {
                cutOff(estate, third);
                third.way.open();
            }
        });
    }

    private static void cutOff(Estate estate, Node node) {
        assertThat(estate.call(node, "orders", estate.steady.bearer())).isEqualTo(503);
        assertThat(estate.token(node, "orders", estate.steady.basic()).status()).isEqualTo(503);
        assertThat(estate.cluster.admin(node, "GET", "/v1/organizations", "").status())
                .isEqualTo(503);
        assertThat(estate.cluster.ready(node)).isFalse();
        assertThat(estate.cluster
                        .wire
                        .send(node.port("admin"), "GET", "/livez", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theDatabaseIsRestartedMeanwhile(Estate estate) throws Exception {
        revoke(estate, "database-restarted", new Watch.Trouble() {
            private CompletableFuture<Void> restarted = CompletableFuture.completedFuture(null);

            @Override
            public void begin() {
                restarted = CompletableFuture.runAsync(() -> {
                    estate.cluster.postgres.stop();
                    estate.cluster.postgres.startAgain();
                });
            }

            @Override
            public void end(Victim revoked) {
                restarted.join();
            }
        });
    }

    /// No verdict and no receipt goes by a node's wall clock, so what somebody sets it to changes neither.
    @Test
    void wallClocksThatAreSetFiveMinutesApart(Estate estate) throws Exception {
        Node third = estate.cluster.node(2);
        for (String seconds : new String[] {"300", "-300"}) {
            revoke(estate, "clock" + seconds, new Watch.Trouble() {
                @Override
                public void begin() {
                    third.tell("clock " + seconds);
                }

                @Override
                public void end(Victim revoked) {
                    tokensOfEachCountAtTheOther(estate, third);
                    third.tell("clock 0");
                }
            });
        }
    }

    private static void tokensOfEachCountAtTheOther(Estate estate, Node third) {
        estate.cluster.awaitAllReady();
        for (String api : new String[] {"orders", "parcels"}) {
            String here = estate.minted(third, api, estate.steady);
            String there = estate.minted(estate.cluster.node(0), api, estate.steady);
            assertThat(estate.decided(estate.cluster.node(0), api, here)).isEqualTo(200);
            assertThat(estate.decided(third, api, there)).isEqualTo(200);
        }
    }
}
