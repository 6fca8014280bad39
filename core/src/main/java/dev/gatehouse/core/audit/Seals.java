package dev.gatehouse.core.audit;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes seals.
public final class Seals {
    /// The most rows of one seal.
    public static final int MAX_ROWS = 200;

    /// The `typ` of a seal's JWS. No key signs anything else of this type, nor a seal under another.
    public static final String TYPE = "gatehouse-audit-seal+jws";

    private static final Bytes NONE = Bytes.of(new byte[Hash.LENGTH]);

    private Seals() {}

    /// The seal that follows another one.
    ///
    /// @param rows at least one, in the order of their positions
    /// @param sign makes a compact JWS of type [#TYPE] over a payload
    public static AuditSeal next(
            Optional<AuditSeal> before, List<AuditRow> rows, Instant now, Function<byte[], String> sign) {
        List<Entry> entries = rows.stream().map(Entry::of).toList();
        AuditSeal unsigned = new AuditSeal(
                before.map(seal -> seal.number() + 1).orElse(1L),
                now.truncatedTo(ChronoUnit.MICROS),
                rows.getFirst().position(),
                rows.getLast().position(),
                rows.size(),
                Entry.write(entries),
                Entry.root(entries),
                previous(before),
                "");
        return new AuditSeal(
                unsigned.number(),
                unsigned.at(),
                unsigned.first(),
                unsigned.last(),
                unsigned.count(),
                unsigned.entries(),
                unsigned.root(),
                unsigned.previous(),
                sign.apply(statement(unsigned)));
    }

    /// What the seal after this one names as `previous`: it covers the signature and all that was signed.
    public static Bytes hash(AuditSeal seal) {
        return Hash.of(seal.signature());
    }

    static Bytes previous(Optional<AuditSeal> before) {
        return before.map(Seals::hash).orElse(NONE);
    }

    /// The payload of a seal's JWS: the only spelling of it.
    static byte[] statement(AuditSeal seal) {
        return ("{\"number\":" + seal.number() + ",\"at\":\"" + seal.at() + "\",\"first\":" + seal.first()
                        + ",\"last\":" + seal.last() + ",\"count\":" + seal.count() + ",\"root\":\"" + hex(seal.root())
                        + "\",\"previous\":\"" + hex(seal.previous()) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
