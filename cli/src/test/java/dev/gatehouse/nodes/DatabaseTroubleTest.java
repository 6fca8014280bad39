package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET O02 and O03: a database that is gone, slow or locked is never a statement about a caller, and holds
/// up only what needs it.
@ExtendWith(Clustered.class)
class DatabaseTroubleTest {
    private static final int WARM = 20;
    private static final int BLOCKED = 12;

    @Test
    void o02WithoutTheDatabaseEveryNodeRefusesAndComesBackByItself(Estate estate) throws Exception {
        Cluster cluster = estate.cluster;
        Load load = Load.on(estate, cluster.nodes);
        cluster.postgres.stop();
        try {
            for (Node node : cluster.nodes) {
                Cluster.await(node.name + " refuses", () -> estate.call(node, "orders", estate.steady.bearer()) == 503);
                assertThat(estate.token(node, "parcels", estate.steady.basic()).status())
                        .isEqualTo(503);
                assertThat(cluster.admin(node, "GET", "/v1/organizations", "").status())
                        .isEqualTo(503);
                assertThat(cluster.wire
                                .send(node.port("admin"), "GET", "/livez", "")
                                .status())
                        .isEqualTo(200);
                assertThat(cluster.ready(node)).isFalse();
            }
        } finally {
            cluster.postgres.startAgain();
        }
        cluster.awaitAllReady();
        for (Node node : cluster.nodes) {
            Cluster.await(
                    node.name + " mints",
                    () -> estate.token(node, "parcels", estate.steady.basic()).status() == 200);
            assertThat(estate.decided(node, "orders", estate.steady.bearer())).isEqualTo(200);
        }
        for (Map<Integer, Integer> statuses : load.stop()) {
            assertThat(statuses.keySet()).isSubsetOf(200, 503);
        }
    }

    /// `on_database_loss`: what is known goes on being served, nothing is issued or managed, and
    /// what is not known is not guessed. The receipt says until when what was revoked may be served so.
    @Test
    void o02AnApiThatSaidSoServesOnWhatIsKnown(Estate estate) {
        Cluster cluster = estate.cluster;
        Node first = cluster.node(0);
        Estate.Member member = estate.member();
        Estate.Member unseen = estate.member();
        String token = estate.minted(first, "relaxed", member);
        String revoke = "/v1/credentials/" + estate.member().keyId() + "/revoke";
        Got revoked =
                Cluster.answered(() -> cluster.admin(first, "POST", revoke, "")).expecting(200);
        assertThat(revoked.json().get("receipt").has("relaxed_until")).isTrue();
        // The receipt says that every node has applied what was made before, so nothing that is read now is dropped.
        for (Node node : cluster.nodes) {
            assertThat(estate.decided(node, "relaxed", member.bearer())).isEqualTo(200);
            assertThat(estate.decided(node, "relaxed", token)).isEqualTo(200);
        }
        cluster.postgres.stop();
        try {
            for (Node node : cluster.nodes) {
                Cluster.await(node.name + " refuses", () -> estate.call(node, "orders", member.bearer()) == 503);
                estate.served(node, "relaxed", member.bearer());
                estate.served(node, "relaxed", token);
                assertThat(estate.call(node, "relaxed", unseen.bearer())).isEqualTo(503);
                assertThat(estate.token(node, "relaxed", member.basic()).status())
                        .isEqualTo(503);
                assertThat(cluster.admin(node, "GET", "/v1/whoami", "").status())
                        .isEqualTo(503);
            }
        } finally {
            cluster.postgres.startAgain();
        }
        cluster.awaitAllReady();
        for (Node node : cluster.nodes) {
            Cluster.await(node.name + " reads again", () -> estate.call(node, "relaxed", unseen.bearer()) == 200);
        }
    }

    /// While others wait for a lock, and have all connections that there are for what they want, what needs no
    /// database is answered. The lock is let go only after that.
    @Test
    void o03WhatWaitsForALockIsInNobodysWay(Estate estate) throws Exception {
        Cluster cluster = estate.cluster;
        List<Estate.Member> cold = List.of(estate.member(), estate.member());
        for (Node node : cluster.nodes) {
            assertThat(estate.decided(node, "orders", estate.steady.bearer())).isEqualTo(200);
        }
        List<Future<Integer>> blocked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection locking = cluster.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE credential, application, organization IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < BLOCKED; i++) {
                Node node = cluster.node(i % 3);
                Estate.Member member = cold.get(i % 2);
                String path = "/v1/organizations/" + member.organization() + "/applications";
                blocked.add(threads.submit(
                        () -> cluster.admin(node, "GET", path, "").status()));
                blocked.add(threads.submit(() -> estate.call(node, "orders", member.bearer())));
            }
            for (int i = 0; i < WARM; i++) {
                for (Node node : cluster.nodes) {
                    Cluster.await(
                            node.name + " answers", () -> estate.call(node, "orders", estate.steady.bearer()) == 200);
                    Cluster.await(node.name + " is ready", () -> cluster.ready(node));
                }
            }
            locking.rollback();
            for (Future<Integer> one : blocked) {
                assertThat(one.get()).isIn(200, 503);
            }
        }
        for (Node node : cluster.nodes) {
            for (Estate.Member member : cold) {
                Cluster.await(node.name + " reads again", () -> estate.call(node, "orders", member.bearer()) == 200);
            }
        }
    }

    @Test
    void o03ASlowDatabaseMakesOneNodeRefuseAndTheOthersNot(Estate estate) {
        Cluster cluster = estate.cluster;
        Node third = cluster.node(2);
        third.way.slow(Duration.ofSeconds(1));
        try {
            Cluster.await("it refuses", () -> estate.call(third, "orders", estate.steady.bearer()) == 503);
            assertThat(cluster.wire
                            .send(third.port("admin"), "GET", "/livez", "")
                            .status())
                    .isEqualTo(200);
            assertThat(estate.decided(cluster.node(0), "orders", estate.steady.bearer()))
                    .isEqualTo(200);
        } finally {
            third.way.open();
        }
        cluster.awaitAllReady();
        assertThat(estate.decided(third, "orders", estate.steady.bearer())).isEqualTo(200);
    }
}
