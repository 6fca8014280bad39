package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditFilter;
import dev.gatehouse.core.store.AuditMark;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The audit trail in memory.
final class MemoryAudit implements AuditStore {
    private static final Comparator<AuditRow> OLDEST_FIRST =
            Comparator.comparing(AuditRow::at).thenComparingLong(AuditRow::position);

    private final Writes writes;
    private final Audit trail;

    MemoryAudit(Writes writes, Audit trail) {
        this.writes = writes;
        this.trail = trail;
    }

    private Stream<AuditRow> rows() {
        return writes.now().audit.stream().map(trail::checked);
    }

    @Override
    public List<AuditRow> newest(int limit) {
        return rows().sorted(Comparator.comparingLong(AuditRow::position).reversed())
                .limit(Pages.size(limit))
                .toList();
    }

    @Override
    public Page<AuditRow> search(AuditFilter filter, Optional<AuditMark> after, int limit) {
        int size = Pages.size(limit);
        List<AuditRow> found = rows().filter(row -> passes(filter, row))
                .filter(row -> after.isEmpty() || follows(row, after.get()))
                .sorted(OLDEST_FIRST.reversed())
                .limit(size + 1L)
                .toList();
        return Page.cut(found, size);
    }

    private static boolean follows(AuditRow row, AuditMark mark) {
        int older = row.at().compareTo(mark.at());
        return older < 0 || (older == 0 && row.position() < mark.position());
    }

    private static boolean passes(AuditFilter filter, AuditRow row) {
        return (filter.actor().isEmpty() || actors(row).contains(filter.actor().get()))
                && (filter.organization().isEmpty() || filter.organization().equals(row.organization()))
                && (filter.verb().isEmpty() || filter.verb().get().equals(row.verb()))
                && (filter.target().isEmpty() || filter.target().equals(row.target()))
                && (filter.from().isEmpty() || !row.at().isBefore(filter.from().get()))
                && (filter.to().isEmpty() || row.at().isBefore(filter.to().get()));
    }

    private static Set<Id> actors(AuditRow row) {
        return switch (row.act().actor()) {
            case Act.Actor.Itself _ -> Set.of();
            case Act.Actor.Member(Id organization, Id member, Id credential) ->
                Set.of(organization, member, credential);
        };
    }

    @Override
    public List<AuditRow> unsealed(int limit) {
        return rows().filter(row -> row.seal().isEmpty())
                .limit(Pages.size(limit))
                .toList();
    }

    @Override
    public List<AuditRow> sealed(long seal, int limit) {
        return rows().filter(row -> row.seal().equals(Optional.of(seal)))
                .limit(Pages.size(limit))
                .toList();
    }

    @Override
    public List<AuditRow> strays(int limit) {
        List<Long> numbers = writes.now().seals.stream().map(AuditSeal::number).toList();
        return rows().filter(row ->
                        row.seal().isPresent() && !numbers.contains(row.seal().get()))
                .limit(Pages.size(limit))
                .toList();
    }

    @Override
    public List<AuditSeal> seals(long after, int limit) {
        return writes.now().seals.stream()
                .filter(seal -> seal.number() > after)
                .limit(Pages.size(limit))
                .toList();
    }

    @Override
    public Optional<AuditSeal> lastSeal() {
        return writes.now().seals.stream().reduce((_, last) -> last);
    }

    @Override
    public boolean seal(AuditSeal seal, List<Long> positions) {
        return writes.change(tables -> {
            boolean taken = tables.seals.stream().anyMatch(one -> one.number() == seal.number());
            long open = tables.audit.stream()
                    .filter(row -> row.seal().isEmpty() && positions.contains(row.position()))
                    .count();
            if (taken || open != positions.size()) {
                return false;
            }
            tables.seals.add(seal);
            tables.audit.replaceAll(row -> positions.contains(row.position()) ? Audit.sealed(row, seal.number()) : row);
            return true;
        });
    }
}
