package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a node makes of the others' releases.
class PeersTest {
    private static final long FORMAT = 57;
    private static final NodeRow OWN = row(1, 1, NodeRow.State.LIVE, FORMAT);

    private final Peers peers = new Peers();

    private static NodeRow row(long id, long boot, NodeRow.State state, long version) {
        return new NodeRow(id, boot, 1, Position.NOTHING, state, version);
    }

    private boolean known(NodeRow... others) {
        peers.saw(List.of(others), 0);
        return peers.allKnow(FORMAT);
    }

    /// One that was declared out joins again by itself, so it counts until it is forgotten.
    @Test
    void allKnowWhatNobodyWhoMayServeLacks() {
        assertThat(peers.allKnow(FORMAT)).isFalse();
        assertThat(known(OWN)).isTrue();
        assertThat(known(OWN, row(2, 1, NodeRow.State.LIVE, FORMAT - 1))).isFalse();
        assertThat(known(OWN, row(2, 1, NodeRow.State.OUT, FORMAT - 1))).isFalse();
        assertThat(known(OWN, row(2, 1, NodeRow.State.LEFT, FORMAT - 1))).isTrue();
    }

    @Test
    void anEarlierReleaseIsBackWhenItJoinsBesideThisOne() {
        NodeRow old = row(2, 1, NodeRow.State.LIVE, FORMAT - 1);
        NodeRow again = row(2, 2, NodeRow.State.LIVE, FORMAT - 1);
        assertThat(peers.back(List.of(OWN, old), FORMAT)).isEmpty();
        peers.saw(List.of(OWN, old), 0);
        assertThat(peers.back(List.of(OWN, old), FORMAT)).isEmpty();
        assertThat(peers.back(List.of(OWN, row(2, 1, NodeRow.State.OUT, FORMAT - 1)), FORMAT))
                .isEmpty();
        assertThat(peers.back(List.of(OWN, again, row(3, 1, NodeRow.State.LIVE, FORMAT)), FORMAT))
                .containsExactly(again);
    }
}
