package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET H08 on three processes: what is revoked at any of them is refused by all of them from the receipt on.
@ExtendWith(Clustered.class)
class ReceiptsUnderLoadTest {
    /// Revokes of each kind: a few in every build, 200 with `-Plong`.
    private static final int REVOKES = Integer.getInteger("gatehouse.revokes", 4);

    @Test
    void h08NothingIsAcceptedAnywhereAfterTheReceiptAndNothingElseIsRefused(Estate estate) throws Exception {
        Times times = new Times();
        Cluster cluster = estate.cluster;
        Load load = Load.on(estate, cluster.nodes);
        int turn = 0;
        try (Watch watch = new Watch(estate)) {
            for (int i = 0; i < REVOKES; i++) {
                for (Victim.Kind kind : Victim.Kind.values()) {
                    Node at = cluster.node(turn++ % cluster.nodes.size());
                    times.add(kind.name(), watch.revoke(kind, cluster.nodes, at).took());
                }
            }
        } finally {
            report(times, load.stop());
        }
    }

    private static void report(Times times, List<Map<Integer, Integer>> load) throws IOException {
        times.report("receipts-healthy");
        System.out.println("load " + load);
        // A machine that stalls a node for longer than its lease makes it say so, and that is all it may say.
        assertThat(load).allSatisfy(statuses -> {
            assertThat(statuses.keySet()).isSubsetOf(200, 503);
            assertThat(statuses).containsKey(200);
        });
    }
}
