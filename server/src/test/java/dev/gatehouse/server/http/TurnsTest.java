package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<Runnable> threads = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    /// What a caller's connection does when it goes on.
    private static final class Next extends AbstractConnection implements Runnable {
        private final Runnable step;

        Next(Runnable step) {
            super(new ByteArrayEndPoint(), Runnable::run);
            this.step = step;
        }

        @Override
        public void run() {
            step.run();
        }

        @Override
        public void onFillable() {}
    }

    @Test
    void whatATurnLeavesFollowsIt() {
        Turns turns = new Turns(threads::add);
        turns.turn(() -> {
                    turns.execute(new Next(() -> ran.add("first")));
                    turns.execute(new Next(() -> ran.add("second")));
                    ran.add("turn");
                })
                .run();
        assertThat(ran).containsExactly("turn", "first", "second");
        assertThat(threads).isEmpty();
    }

    @Test
    void oneThatFailsTakesNoOtherWithIt() {
        Turns turns = new Turns(threads::add);
        Runnable turn = turns.turn(() -> {
            turns.execute(new Next(() -> ran.add("first")));
            turns.execute(new Next(() -> {
                throw new IllegalStateException("a bug");
            }));
            turns.execute(new Next(() -> ran.add("third")));
        });
        assertThatThrownBy(turn::run).hasMessage("a bug");
        threads.forEach(Runnable::run);
        assertThat(ran).containsExactly("first", "third");
    }
}
