package dev.gatehouse.dialect.write;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.Optional;
import java.util.UUID;

/// The id of an organization or a connection as a UUID of version 8 (RFC 9562 section 5.8), for dialects whose
/// callers expect one: the 64 bits of the id, and nothing that would have to be stored.
public final class PublicUuid {
    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private PublicUuid() {}

    /// The UUID.
    public static String of(Id organization) {
        long value = organization.value();
        return new UUID((value & 0xffff_ffff_ffff_0000L) | VERSION | ((value >>> 4) & 0xfffL), VARIANT | (value & 0xfL))
                .toString();
    }

    /// Reads a UUID, or an id as Gatehouse spells it.
    public static Optional<Id> organization(String text) {
        Optional<Id> own = Id.parse(Kind.ORGANIZATION, text);
        return own.isPresent() ? own : uuid(text).filter(id -> of(id).equalsIgnoreCase(text));
    }

    /// The id of a connection as 32 hexadecimal digits: the same without the marks.
    public static String hex(Id connection) {
        return of(connection).replace("-", "");
    }

    /// Reads these digits, or an id as Gatehouse spells it.
    public static Optional<Id> connection(String text) {
        Optional<Id> own = Id.parse(Kind.CONNECTION, text);
        if (own.isPresent() || !text.matches("[0-9a-fA-F]{32}")) {
            return own;
        }
        String marked = text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        return uuid(marked).map(id -> new Id(Kind.CONNECTION, id.value())).filter(id -> hex(id).equalsIgnoreCase(text));
    }

    private static Optional<Id> uuid(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return Optional.empty();
        }
        UUID uuid = UUID.fromString(text);
        long high = uuid.getMostSignificantBits();
        return Optional.of(new Id(
                Kind.ORGANIZATION,
                (high & 0xffff_ffff_ffff_0000L) | (high & 0xfffL) << 4 | (uuid.getLeastSignificantBits() & 0xfL)));
    }
}
