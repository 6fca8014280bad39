package dev.gatehouse.core.audit;

import dev.gatehouse.core.audit.Finding.Kind;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes along the chain of seals, from any seal on, and says what is not as it was sealed. One walk, one thread.
public final class Examination {
    private final SealKeys keys;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<AuditSeal> before;

    /// @param before the seal in front of the first one that will be shown; empty at the beginning of the trail
    public Examination(SealKeys keys, Optional<AuditSeal> before) {
        this.keys = keys;
        this.before = before;
    }

    /// Looks at the next seal.
    ///
    /// @param rows all that name it, in the order of their positions or of an export
    public void next(AuditSeal seal, List<AuditRow> rows) {
        link(seal);
        content(seal);
        Entry.read(seal.entries())
                .ifPresentOrElse(
                        entries -> rows(seal, entries, rows),
                        () -> add(Kind.SEAL_ALTERED, seal, "its list of rows is damaged"));
        before = Optional.of(seal);
    }

    private void link(AuditSeal seal) {
        long expected = before.map(one -> one.number() + 1).orElse(1L);
        if (seal.number() > expected) {
            for (long missing = expected; missing < seal.number() && missing - expected < Seals.MAX_ROWS; missing++) {
                findings.add(Finding.seal(Kind.SEAL_MISSING, missing, "the seal is not there"));
            }
        } else if (seal.number() < expected) {
            add(Kind.CHAIN_BROKEN, seal, "it comes after seal " + (expected - 1));
        } else if (!seal.previous().equals(Seals.previous(before))) {
            add(Kind.CHAIN_BROKEN, seal, "it names another seal before it than the one that is there");
        }
    }

    private void content(AuditSeal seal) {
        if (!keys.signed(seal)) {
            add(Kind.SEAL_ALTERED, seal, "its signature is not of what it says under a key that is known");
        }
        Entry.read(seal.entries()).ifPresent(entries -> {
            if (!Entry.root(entries).equals(seal.root())) {
                add(Kind.SEAL_ALTERED, seal, "its list of rows does not give its Merkle root");
            }
            if (entries.size() != seal.count()) {
                add(Kind.SEAL_ALTERED, seal, "it counts " + seal.count() + " rows and lists " + entries.size());
            }
        });
    }

    private void rows(AuditSeal seal, List<Entry> entries, List<AuditRow> rows) {
        Map<Long, Bytes> sealed = new HashMap<>();
        entries.forEach(entry -> sealed.put(entry.id(), entry.hash()));
        Set<Long> seen = new HashSet<>();
        List<Long> order = new ArrayList<>();
        for (AuditRow row : rows) {
            Optional<Bytes> hash = Optional.ofNullable(sealed.get(row.id()));
            if (hash.isEmpty()) {
                add(Kind.ROW_INSERTED, seal, row.id(), "the seal does not list it");
            } else if (!seen.add(row.id())) {
                add(Kind.ROW_INSERTED, seal, row.id(), "it is there twice");
            } else {
                order.add(row.id());
                if (!hash.get().equals(Entry.hash(row))) {
                    add(Kind.ROW_ALTERED, seal, row.id(), "it is not what was sealed");
                }
            }
            if (!row.valid()) {
                add(Kind.ROW_FORGED, seal, row.id(), "its MAC is not of what it says");
            }
        }
        for (Entry entry : entries) {
            if (!seen.contains(entry.id())) {
                add(Kind.ROW_MISSING, seal, entry.id(), "it was sealed and is not there");
            }
            if (!entry.valid()) {
                add(Kind.ROW_FORGED, seal, entry.id(), "its MAC was wrong already when it was sealed");
            }
        }
        order(seal, entries, seen, order);
    }

    private void order(AuditSeal seal, List<Entry> entries, Set<Long> there, List<Long> order) {
        List<Long> sealed =
                entries.stream().map(Entry::id).filter(there::contains).toList();
        for (int i = 0; i < Math.min(order.size(), sealed.size()); i++) {
            if (!order.get(i).equals(sealed.get(i))) {
                add(Kind.ROW_MOVED, seal, order.get(i), "it was sealed at another place");
            }
        }
    }

    /// Looks at rows that are in no seal yet: only their MACs say something.
    public void unsealed(List<AuditRow> rows) {
        for (AuditRow row : rows) {
            if (!row.valid()) {
                findings.add(
                        Finding.row(Kind.ROW_FORGED, Optional.empty(), row.id(), "its MAC is not of what it says"));
            }
        }
    }

    /// Takes note of rows that name a seal which is not there.
    public void strays(List<AuditRow> rows) {
        for (AuditRow row : rows) {
            findings.add(Finding.row(Kind.ROW_INSERTED, row.seal(), row.id(), "it names a seal that is not there"));
        }
    }

    /// The seal that was shown last.
    public Optional<AuditSeal> last() {
        return before;
    }

    /// All that was found so far.
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void add(Kind kind, AuditSeal seal, String what) {
        findings.add(Finding.seal(kind, seal.number(), what));
    }

    private void add(Kind kind, AuditSeal seal, long row, String what) {
        findings.add(Finding.row(kind, Optional.of(seal.number()), row, what));
    }
}
