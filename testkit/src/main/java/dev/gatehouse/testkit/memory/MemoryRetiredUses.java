package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.Stored;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Uses of routes that go.
record MemoryRetiredUses(Writes writes) implements RetiredUseStore {
    /// Whose use of what.
    record Name(Id api, String path, Id credential) {}

    @Override
    public boolean used(Use use, Act act) {
        return writes.run(act, transaction -> {
                    Map<Name, Use> uses = transaction.tables().retiredUses;
                    Name name = new Name(use.api(), use.path(), use.credential());
                    Use before = uses.get(name);
                    if (before != null && !before.day().isBefore(use.day())) {
                        return new Stored.Conflict<Use>("it is noted for the day");
                    }
                    uses.put(name, use);
                    uses.values()
                            .removeIf(one -> one.api().equals(use.api())
                                    && one.day().isBefore(use.day().minusDays(KEPT_DAYS)));
                    transaction.audit(
                            "api.retired_use",
                            Optional.of(use.organization()),
                            use.credential(),
                            Detail.of("api", use.api().text()).with("path", use.path()));
                    return new Stored.Done<>(use);
                })
                instanceof Stored.Done;
    }

    @Override
    public List<Use> uses(Id api) {
        return writes.now().retiredUses.values().stream()
                .filter(use -> use.api().equals(api))
                .sorted(Comparator.comparing(Use::day)
                        .reversed()
                        .thenComparing(Use::path)
                        .thenComparing((one, other) -> Long.compareUnsigned(
                                one.credential().value(), other.credential().value())))
                .limit(MAX_LISTED)
                .toList();
    }
}
