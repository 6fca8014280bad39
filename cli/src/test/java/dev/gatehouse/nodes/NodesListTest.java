package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// `GET /v1/nodes`: who serves, how far each has come, what it writes; asked of each node.
@ExtendWith(Clustered.class)
class NodesListTest {
    @Test
    void eachNodeListsAllWithTheirPlacesAndOneIsItself(Estate estate) {
        Cluster cluster = estate.cluster;
        for (Node asked : cluster.nodes) {
            Map<String, String> before = places(cluster, asked);
            var _ = estate.member();
            Cluster.await(
                    "all have gone on, as " + asked.name + " sees them",
                    () -> places(cluster, asked).entrySet().stream()
                            .noneMatch(node -> node.getValue().equals(before.get(node.getKey()))));
            List<JsonNode> live = live(cluster, asked);
            assertThat(live).hasSize(cluster.nodes.size());
            assertThat(live).filteredOn(node -> node.get("self").asBoolean()).hasSize(1);
            assertThat(live)
                    .extracting(node -> node.get("format").asLong())
                    .containsOnly(live.getFirst().get("format").asLong());
            assertThat(live)
                    .allSatisfy(
                            node -> assertThat(node.get("silent_milliseconds").isIntegralNumber())
                                    .isTrue());
        }
        List<String> seen =
                cluster.nodes.stream().map(node -> self(cluster, node)).toList();
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatWasStoppedHasLeftAndOneThatWasKilledIsOutInTime(Estate estate) {
        Cluster cluster = estate.cluster;
        Node asked = cluster.node(0);
        Node ending = cluster.node(2);
        String stopped = self(cluster, ending);
        ending.stop();
        Cluster.await("it has left", () -> state(cluster, asked, stopped).equals("left"));
        ending.start();
        cluster.awaitAllReady();
        String killed = self(cluster, ending);
        ending.kill();
        Cluster.await("it is out", () -> state(cluster, asked, killed).equals("out"));
        ending.start();
        cluster.awaitAllReady();
    }

    /// How far each that serves has come, by id.
    private static Map<String, String> places(Cluster cluster, Node asked) {
        return live(cluster, asked).stream()
                .collect(Collectors.toMap(
                        node -> node.get("id").asString(),
                        node -> node.get("applied").asString()));
    }

    private static List<JsonNode> live(Cluster cluster, Node asked) {
        return nodes(cluster, asked).stream()
                .filter(node -> node.get("state").asString().equals("live"))
                .toList();
    }

    private static String self(Cluster cluster, Node asked) {
        return live(cluster, asked).stream()
                .filter(node -> node.get("self").asBoolean())
                .map(node -> node.get("id").asString())
                .findFirst()
                .orElseThrow();
    }

    /// The state of a node in the list.
    private static String state(Cluster cluster, Node asked, String id) {
        return nodes(cluster, asked).stream()
                .filter(node -> node.get("id").asString().equals(id))
                .map(node -> node.get("state").asString())
                .findFirst()
                .orElse("gone");
    }

    private static List<JsonNode> nodes(Cluster cluster, Node asked) {
        JsonNode items = cluster.shown(asked, "/v1/nodes").json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}
