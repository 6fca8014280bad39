package dev.gatehouse.server.reveal;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.SecretCopyStore;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One way through all copies of secrets after the other, each in as many goes as it takes. Not for several
/// threads.
final class CopySweep {
    private static final Logger LOG = LoggerFactory.getLogger(CopySweep.class);

    /// How often the store is asked in one go.
    static final int PAGES = 100;

    private final SecretCopyStore store;
    private final BooleanSupplier stopped;
    private Optional<Id> after = Optional.empty();

    /// @param stopped whether it is to end before its go does
    CopySweep(SecretCopyStore store, BooleanSupplier stopped) {
        this.store = store;
        this.stopped = stopped;
    }

    /// Goes on where it stopped the last time, and from the beginning behind the end.
    void go() {
        try {
            int pages = 0;
            do {
                after = store.sweep(after);
                pages++;
            } while (after.isPresent() && pages < PAGES && !stopped.getAsBoolean());
        } catch (FactsUnavailable e) {
            LOG.debug("copies of secrets that are over are looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("copies of secrets that are over cannot be looked at", e);
        }
    }
}
