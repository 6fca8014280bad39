package dev.gatehouse.core.audit;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// An audit row as bytes: what its MAC is over, and what a seal hashes.
public final class RowBytes {
    private static final int ENCODING = 1;
    private static final int LEAF = 0;

    private RowBytes() {}

    /// All that the row says, each field as its length and its UTF-8 bytes, absent ones as length -1: two
    /// different rows never have the same encoding.
    public static byte[] said(AuditRow row) {
        return written(out -> said(row, out));
    }

    /// All that is stored of the row.
    static byte[] stored(AuditRow row) {
        return written(out -> {
            out.writeByte(LEAF);
            out.writeLong(row.position());
            out.writeInt(row.mac().length());
            out.write(row.mac().toArray());
            said(row, out);
        });
    }

    private static void said(AuditRow row, DataOutputStream out) throws IOException {
        out.writeByte(ENCODING);
        out.writeLong(row.id());
        out.writeLong(micros(row.at()));
        field(out, Optional.of(row.act().requestId()));
        switch (row.act().actor()) {
            case Act.Actor.Itself(String part) -> {
                field(out, Optional.of(part));
                field(out, Optional.empty());
                field(out, Optional.empty());
                field(out, Optional.empty());
            }
            case Act.Actor.Member(Id organization, Id member, Id credential) -> {
                field(out, Optional.empty());
                field(out, Optional.of(organization.text()));
                field(out, Optional.of(member.text()));
                field(out, Optional.of(credential.text()));
            }
        }
        field(out, Optional.of(row.verb()));
        field(out, row.organization().map(Id::text));
        field(out, row.target().map(Id::text));
        field(out, Optional.of(row.detail()));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static void field(DataOutputStream out, Optional<String> field) throws IOException {
        byte[] utf8 = field.orElse("").getBytes(StandardCharsets.UTF_8);
        out.writeInt(field.isPresent() ? utf8.length : -1);
        out.write(utf8);
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
