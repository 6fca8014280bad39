package dev.gatehouse.server.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The events of one name on their way to log lines: so many wait and so many lines are written a round; what
/// does not fit is counted, not kept.
final class Lane {
    static final int MOST_WAITING = 8192;
    static final int MOST_LINES = 50;

    private final String name;
    private final Logger log;
    private final Counter lost;
    private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /// @param name what the log message says; also the end of the logger's name, and a label
    Lane(String name, MeterRegistry registry) {
        this.name = name;
        this.log = LoggerFactory.getLogger("gatehouse." + name);
        this.lost = Counter.builder("gatehouse.events.lost")
                .description("Events that are in no log line because there were too many at once")
                .tag("event", name)
                .register(registry);
    }

    /// What events have in common that are written in one line.
    private record Fold(String api, String reason, String what, String about, String network) {
        static Fold of(Event event) {
            String about = event.about().map(Object::toString).orElse("-");
            String network = Networks.of(event.from());
            return switch (event) {
                case Event.Issued issued -> new Fold(issued.api(), "", "", about, network);
                case Event.Noticed noticed -> new Fold(noticed.api(), "", noticed.what(), about, network);
                case Event.Refused refused -> new Fold(refused.api(), refused.reason(), refused.what(), about, network);
            };
        }
    }

    /// How often it happened, and the first of the requests.
    private record Folded(long count, String request) {}

    /// Leaves an event; never waits.
    void add(Event event) {
        if (size.incrementAndGet() > MOST_WAITING) {
            size.decrementAndGet();
            lost.increment();
        } else {
            waiting.add(event);
        }
    }

    /// Writes what waits. Not for two threads at once.
    void round() {
        Map<Fold, Folded> folds = new LinkedHashMap<>();
        for (int i = 0; i < MOST_WAITING; i++) {
            Optional<Event> event = Optional.ofNullable(waiting.poll());
            if (event.isEmpty()) {
                break;
            }
            size.decrementAndGet();
            fold(event.get(), folds);
        }
        folds.forEach(this::write);
    }

    private void fold(Event event, Map<Fold, Folded> folds) {
        Fold fold = Fold.of(event);
        if (folds.size() < MOST_LINES || folds.containsKey(fold)) {
            folds.merge(fold, new Folded(1, event.request()), (old, _) -> new Folded(old.count() + 1, old.request()));
        } else {
            lost.increment();
        }
    }

    private void write(Fold fold, Folded folded) {
        LoggingEventBuilder line = log.atInfo().addKeyValue("api", fold.api()).addKeyValue("request", folded.request());
        if (!fold.reason().isEmpty()) {
            line = line.addKeyValue("reason", fold.reason());
        }
        if (!fold.what().isEmpty()) {
            line = line.addKeyValue("what", fold.what());
        }
        line.addKeyValue("about", fold.about())
                .addKeyValue("network", fold.network())
                .addKeyValue("count", folded.count())
                .log(name);
    }
}
