package dev.gatehouse.oauth.custody;

import dev.gatehouse.core.member.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where an encrypted value is kept: the associated data of its encryption, so that a ciphertext opens in its own
/// row and column and nowhere else (GAUNTLET N03).
///
/// @param owner the organization or Api that the row belongs to, or `installation`
/// @param row the row's id
/// @param use what the value is for, with everything beside it in the row that must not be exchanged
public record Place(String owner, String table, String row, String use, long version) {
    /// The owner of what belongs to the whole installation.
    public static final String INSTALLATION = "installation";

    /// Of a credential of a connection: bound to its organization, its row, what it is a credential for, and its
    /// number.
    public static Place of(Connection connection, long number) {
        return new Place(
                connection.organization().text(),
                "connection",
                connection.id().text(),
                connection.platform() + " " + connection.kind().wire(),
                number);
    }

    /// Every field with its length in front, so that two places never give the same bytes.
    byte[] associatedData(String installation) {
        List<byte[]> fields = List.of(utf8(installation), utf8(owner), utf8(table), utf8(row), utf8(use));
        int length =
                fields.stream().mapToInt(field -> Integer.BYTES + field.length).sum();
        ByteBuffer out = ByteBuffer.allocate(length + Long.BYTES);
        fields.forEach(field -> out.putInt(field.length).put(field));
        return out.putLong(version).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
