package dev.gatehouse.core.audit;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.AuditRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a seal keeps of one row, so that a row which is no longer what it was can be named, also when it is gone.
///
/// @param id the row's
/// @param valid whether the row's MAC was right when it was sealed
/// @param hash over all that is stored of the row
record Entry(long id, boolean valid, Bytes hash) {
    private static final int LENGTH = Long.BYTES + 1 + Hash.LENGTH;

    static Entry of(AuditRow row) {
        return new Entry(row.id(), row.valid(), hash(row));
    }

    static Bytes hash(AuditRow row) {
        return Bytes.of(Hash.of(RowBytes.stored(row)));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(id)
                .put((byte) (valid ? 1 : 0))
                .put(hash.toArray())
                .array();
    }

    static Bytes write(List<Entry> entries) {
        ByteBuffer out = ByteBuffer.allocate(entries.size() * LENGTH);
        entries.forEach(entry -> out.put(entry.bytes()));
        return Bytes.of(out.array());
    }

    /// Empty when these are not entries, or none.
    static Optional<List<Entry>> read(Bytes bytes) {
        if (bytes.length() == 0 || bytes.length() % LENGTH != 0) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
        while (in.hasRemaining()) {
            long id = in.getLong();
            byte valid = in.get();
            byte[] hash = new byte[Hash.LENGTH];
            in.get(hash);
            if (valid != 0 && valid != 1) {
                return Optional.empty();
            }
            entries.add(new Entry(id, valid == 1, Bytes.of(hash)));
        }
        return Optional.of(entries);
    }

    static Bytes root(List<Entry> entries) {
        return Bytes.of(Hash.root(entries.stream().map(Entry::bytes).toList()));
    }
}
