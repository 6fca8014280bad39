package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What the public names of one kind of member lead to, bounded. A change names the member, not its name, so what
/// a name leads to is in the member's cell; and as a member may get another name, the cell says which it has.
final class PublicNames<N, T> {
    private static final int LONGEST_REMEMBERED = 256;

    private record Named<N, T>(N name, T value) {}

    private final Leaves<N, Cell<Named<N, T>>> names;
    private final Cells<Named<N, T>> cells = new Cells<>();
    private final boolean renamed;
    private final Id any;

    /// @param renamed whether a member may get another name
    PublicNames(Kind member, boolean renamed, int most, int mostAbsent, LongSupplier nanos) {
        this.names = new Leaves<>(most, mostAbsent, nanos);
        this.renamed = renamed;
        this.any = new Id(member, 0); // stands for all in the marks; zero is never drawn as an id
    }

    Look<T> look(N name) {
        return names.look(name, cell -> {
            Named<N, T> found = cell.value();
            return found != null && found.name().equals(name) ? new Look.Known<>(found.value()) : new Look.Cold<>();
        });
    }

    /// Keeps what a query brought, leaving out whatever was touched since its mark was taken.
    Map<N, Optional<T>> keep(long mark, Marks marks, Collection<N> asked, Map<N, T> read, Function<T, Id> owner) {
        Map<N, Optional<T>> kept = new HashMap<>();
        for (N name : asked) {
            T found = read.get(name);
            if (found == null && !marks.touchedSince(any, mark)) {
                names.drop(name);
                if (!(name instanceof String text) || text.length() <= LONGEST_REMEMBERED) {
                    names.putAbsent(name);
                }
                kept.put(name, Optional.empty());
            } else if (found != null && !marks.touchedSince(owner.apply(found), mark)) {
                Cell<Named<N, T>> cell = cells.of(owner.apply(found));
                cell.fill(new Named<>(name, found));
                names.put(name, cell);
                kept.put(name, Optional.of(found));
            }
        }
        return kept;
    }

    void drop(Id member, Marks marks) {
        marks.touch(any);
        if (!cells.drop(member) || renamed) {
            names.dropAbsent(); // perhaps a new name, which a change does not tell
        }
    }

    void dropAll() {
        names.dropAll();
        cells.dropAll();
    }

    long size() {
        return names.size();
    }

    long absentSize() {
        return names.absentSize();
    }
}
