package dev.gatehouse.nodes;

import dev.gatehouse.core.store.Moments.Moment;
import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A node whose wall clock the test sets, and that dies at a moment of a write that the test chooses: everything
/// else is what `gatehouse serve` runs.
final class Driven {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private final AtomicReference<Optional<Moment>> deadly = new AtomicReference<>(Optional.empty());

    /// A machine's clock, and somebody who sets it.
    private final class Settable implements InstantSource {
        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(ahead.get());
        }
    }

    /// Starts and shows the listeners as `gatehouse serve` does.
    void start(Path file) {
        NodeConfig config =
                switch (NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of()))) {
                    case Loaded.Good(NodeConfig good) -> good;
                    case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
                };
        Environment environment = new Environment(new Settable(), System::nanoTime, new SecureRandom(), this::reached);
        Gatehouse gatehouse = Gatehouse.start(config, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(gatehouse::close));
        for (NodeConfig.Listener listener : config.listeners()) {
            NodeUnderTest.TOLD.printf(
                    "  %s 127.0.0.1 port %d (driven)%n", listener.name(), gatehouse.port(listener.name()));
        }
    }

    /// As good as SIGKILL: nothing is flushed, closed or told.
    private void reached(Moment moment) {
        if (deadly.get().filter(moment::equals).isPresent()) {
            Runtime.getRuntime().halt(137);
        }
    }

    /// What the test says.
    void obey(List<String> words) {
        switch (words.getFirst()) {
            case "kill" -> deadly.set(Optional.of(Moment.valueOf(words.getLast())));
            case "clock" -> ahead.set(Duration.ofSeconds(Long.parseLong(words.getLast())));
            default -> throw new IllegalArgumentException(words.toString());
        }
    }
}
