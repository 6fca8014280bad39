package dev.gatehouse.storage.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.fact.FactSource.Look;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The facts of one kind that no other fact points at, bounded. Names that nothing has are kept apart, so that a
/// flood of them evicts nothing that is there.
final class Leaves<K, F> {
    private static final Duration ABSENT_FOR = Duration.ofSeconds(30);

    private final Cache<K, F> there;
    private final Cache<K, Boolean> absent;

    Leaves(int most, int mostAbsent, LongSupplier nanos) {
        this.there =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
        this.absent = Caffeine.newBuilder()
                .maximumSize(mostAbsent)
                .executor(Runnable::run)
                .ticker(nanos::getAsLong)
                .expireAfterWrite(ABSENT_FOR)
                .build();
    }

    /// What is known of a name, as the walk up from its fact finds it.
    <T> Look<T> look(K name, Function<F, Look<T>> walk) {
        F fact = there.getIfPresent(name);
        if (fact != null) {
            return walk.apply(fact);
        }
        return absent.getIfPresent(name) == null ? new Look.Cold<>() : new Look.Absent<>();
    }

    /// Keeps what a query brought of some names, leaving out what must not be kept. A fact that is there already
    /// stays. The answer has every name that was asked for and not left out.
    <R> Map<K, Optional<F>> keep(
            Collection<K> asked, List<R> read, Function<R, K> name, Function<R, F> fact, Predicate<K> may) {
        Map<K, Optional<F>> kept = new HashMap<>();
        asked.stream().filter(may).forEach(one -> kept.put(one, Optional.empty()));
        for (R row : read) {
            K one = name.apply(row);
            if (may.test(one)) {
                kept.put(one, Optional.of(there.get(one, _ -> fact.apply(row))));
            }
        }
        kept.forEach((one, found) -> {
            if (found.isEmpty()) {
                putAbsent(one);
            }
        });
        return kept;
    }

    void put(K name, F fact) {
        there.put(name, fact);
    }

    void putAbsent(K name) {
        absent.put(name, true);
    }

    void drop(K name) {
        there.invalidate(name);
        absent.invalidate(name);
    }

    void dropAbsent() {
        absent.invalidateAll();
    }

    void dropAll() {
        there.invalidateAll();
        absent.invalidateAll();
    }

    long size() {
        there.cleanUp();
        return there.estimatedSize();
    }

    long absentSize() {
        absent.cleanUp();
        return absent.estimatedSize();
    }
}
