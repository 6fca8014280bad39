package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET N02 on several nodes: two rotate at once, a third dies at it, and nobody is refused.
@ExtendWith(Clustered.class)
class RotationOnTwoNodesTest {
    private static final int ROUNDS = 3;

    @Test
    void n02TwoNodesRotateAtOnceAndAThirdDiesAtIt(Estate estate) throws Exception {
        Cluster cluster = estate.cluster;
        Load load = Load.on(estate, cluster.nodes.subList(0, 2));
        List<String> tokens = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ROUNDS; i++) {
                List<Future<Got>> rotations = new ArrayList<>();
                for (Node node : cluster.nodes) {
                    String key = UUID.randomUUID().toString();
                    rotations.add(threads.submit(() ->
                            Cluster.answered(() -> cluster.adminOnce(node, "POST", Estate.KEYS + "/rotate", "", key))));
                }
                if (i == 1) {
                    cluster.node(2).kill();
                    cluster.node(2).start();
                }
                assertThat(rotations.get(0).get().status()).isIn(200, 409);
                assertThat(rotations.get(1).get().status()).isIn(200, 409);
                assertThat(rotations.get(2).get().status()).isIn(200, 409, 0);
                assertThat(estate.keys("active")).hasSize(1);
                for (Node node : cluster.nodes) {
                    tokens.add(estate.minted(node, "orders", estate.steady));
                }
            }
        }
        for (Node node : cluster.nodes) {
            for (String token : tokens) {
                assertThat(estate.decided(node, "orders", token)).isEqualTo(200);
            }
        }
        // A node that misses its beats while another starts says so; no credential is ever refused.
        for (Map<Integer, Integer> statuses : load.stop()) {
            assertThat(statuses).containsKey(200);
            assertThat(statuses.keySet()).isSubsetOf(200, 503);
        }
        retired(estate);
    }

    private static void retired(Estate estate) {
        Cluster cluster = estate.cluster;
        String token = estate.minted(cluster.node(0), "orders", estate.steady);
        for (Node node : cluster.nodes) {
            assertThat(estate.decided(node, "orders", token)).isEqualTo(200);
        }
        String active = estate.activeKey();
        String key = UUID.randomUUID().toString();
        Got _ = Cluster.answered(() ->
                        cluster.adminOnce(cluster.node(1), "POST", Estate.KEYS + "/" + active + "/retire", "", key))
                .expecting(200);
        for (Node node : cluster.nodes) {
            assertThat(estate.decided(node, "orders", token)).isEqualTo(401);
            String next = estate.minted(node, "orders", estate.steady);
            for (Node other : cluster.nodes) {
                assertThat(estate.decided(other, "orders", next)).isEqualTo(200);
            }
        }
        assertThat(estate.activeKey()).isNotEqualTo(active);
    }
}
