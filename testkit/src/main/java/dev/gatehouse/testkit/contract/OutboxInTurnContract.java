package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An outbox that tells applications: whoever has much to be told does not keep others from being told.
interface OutboxInTurnContract<N> extends OutboxContract<N> {
    /// Makes something happen at [Nouns#NOW] that this application is to be told, about whatever has this name.
    N happensTo(String clientId, String name);

    @Override
    default N happens(String name) {
        return happensTo("app", name);
    }

    @Test
    default void eachApplicationGetsItsTurn() {
        for (int i = 0; i < 2 * OutboxStore.OF_APPLICATION + 1; i++) {
            happensTo("busy", "busy " + i);
        }
        N quiet = happensTo("quiet", "quiet");
        List<Taken<N>> some = outbox().take(4, Nouns.NOW);
        assertThat(some)
                .hasSize(OutboxStore.OF_APPLICATION + 1)
                .extracting(Taken::notice)
                .contains(quiet);
        assertThat(outbox().take(4, Nouns.NOW)).hasSize(OutboxStore.OF_APPLICATION);
        assertThat(outbox().take(4, Nouns.NOW)).hasSize(1);
    }
}
