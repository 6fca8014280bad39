package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Seals;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.testkit.SealSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export of the audit trail, examined with the public key alone.
class AuditVerifyTest {
    private static final Instant AT = Instant.parse("2027-01-01T00:00:00.5Z");

    @TempDir
    private Path folder;

    private final SealSigner signer = SealSigner.fresh("key_0000000000001");
    private final List<String> lines = new ArrayList<>();
    private String head = "";

    private record Ran(int exit, String out, String err) {}

    private static AuditRow row(long n) {
        Act.Actor actor = n % 2 == 0
                ? new Act.Actor.Itself("bootstrap")
                : new Act.Actor.Member(
                        new Id(Kind.ORGANIZATION, n), new Id(Kind.APPLICATION, n), new Id(Kind.CREDENTIAL, n));
        return new AuditRow(
                n,
                n * 0x1234_5678_9abcL,
                AT,
                new Act(actor, "request" + n, AT),
                "organization.add",
                Optional.of(new Id(Kind.ORGANIZATION, n)),
                n % 3 == 0 ? Optional.empty() : Optional.of(new Id(Kind.ROLE, n)),
                "{\"name\":\"\\\"Café\\\"\"}",
                Bytes.of(new byte[] {(byte) n, -1}),
                Optional.empty(),
                true);
    }

    @BeforeEach
    void export() throws IOException {
        Optional<AuditSeal> before = Optional.empty();
        for (long seal = 0; seal < 3; seal++) {
            long from = seal * 3 + 1;
            List<AuditRow> rows = List.of(row(from), row(from + 1), row(from + 2));
            AuditSeal next = Seals.next(before, rows, AT, signer::sign);
            lines.add(line(next));
            rows.forEach(row -> lines.add(line(row, next.number())));
            before = Optional.of(next);
        }
        head = "3:" + HexFormat.of().formatHex(Seals.hash(before.orElseThrow()).toArray());
        ECPublicKey key = (ECPublicKey) signer.pair().getPublic();
        Files.writeString(
                folder.resolve("keys.json"),
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"key_0000000000001\",\"x\":\""
                        + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                        + coordinate(key.getW().getAffineY()) + "\"}]}");
    }

    private static String coordinate(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] raw = new byte[32];
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, raw, 32 - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static String line(AuditSeal seal) {
        return "{\"number\":" + seal.number() + ",\"at\":\"" + seal.at() + "\",\"first\":" + seal.first()
                + ",\"last\":" + seal.last() + ",\"count\":" + seal.count() + ",\"entries\":\"" + hex(seal.entries())
                + "\",\"root\":\"" + hex(seal.root()) + "\",\"previous\":\"" + hex(seal.previous())
                + "\",\"signature\":\"" + seal.signature() + "\",\"type\":\"seal\"}";
    }

    private static String line(AuditRow row, long seal) {
        String actor = switch (row.act().actor()) {
            case Act.Actor.Itself(String part) -> "{\"gatehouse\":\"" + part + "\"}";
            case Act.Actor.Member(Id organization, Id application, Id credential) ->
                "{\"organization\":\"" + organization + "\",\"application\":\"" + application + "\",\"credential\":\""
                        + credential + "\"}";
        };
        return "{\"id\":\"" + HexFormat.of().toHexDigits(row.id()) + "\",\"at\":\"" + row.at() + "\",\"actor\":" + actor
                + ",\"request_id\":\"" + row.act().requestId() + "\",\"verb\":\"" + row.verb()
                + "\",\"organization\":\"" + row.organization().orElseThrow() + "\""
                + row.target().map(target -> ",\"target\":\"" + target + "\"").orElse("")
                + ",\"detail\":\"" + row.detail().replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"position\":"
                + row.position() + ",\"mac\":\"" + hex(row.mac()) + "\",\"valid\":true,\"seal\":" + seal
                + ",\"type\":\"row\"}";
    }

    private Ran verify(List<String> file, String... more) throws IOException {
        return verify((String.join("\n", file) + "\n").getBytes(StandardCharsets.UTF_8), more);
    }

    private Ran verify(byte[] file, String... more) throws IOException {
        Path trail = Files.write(folder.resolve("trail.ndjson"), file);
        List<String> arguments = new ArrayList<>(List.of(
                "audit",
                "verify",
                trail.toString(),
                "--keys",
                folder.resolve("keys.json").toString()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new ByteArrayInputStream(new byte[0]),
                Map.of());
        int exit = GatehouseCommand.run(terminal, arguments.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private static String id(long n) {
        return HexFormat.of().toHexDigits(n * 0x1234_5678_9abcL);
    }

    @Test
    void whatWasNotTouchedIsSound() throws IOException {
        Ran ran = verify(lines, "--head", head);
        assertThat(ran.exit()).as(ran.out()).isEqualTo(Exit.OK);
        assertThat(ran.err()).contains("3 seals, 9 rows", "last seal: " + head);
    }

    /// Every part of the second seal, and of a row of it that Gatehouse wrote and one that a member did.
    @Test
    void flippedBitsAreFound() throws IOException {
        for (int line : List.of(4, 5, 6)) {
            String original = lines.get(line);
            byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
            for (int at = line; at < bytes.length; at += line == 4 ? 37 : 13) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << (at % 7));
                Ran ran = verify(file(line, flipped));
                assertThat(ran.exit()).as("byte %d of %s", at, original).isEqualTo(Exit.DIFFERENT);
                assertThat(ran.out()).containsAnyOf("seal_", "row_", "line_unreadable");
            }
        }
    }

    private byte[] file(int line, byte[] instead) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            out.writeBytes(i == line ? instead : lines.get(i).getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        return out.toByteArray();
    }

    @Test
    void everyDeletedLineIsNamed() throws IOException {
        for (int gone : IntStream.range(0, lines.size()).toArray()) {
            List<String> fewer = new ArrayList<>(lines);
            fewer.remove(gone);
            Ran ran = verify(fewer);
            assertThat(ran.exit()).isEqualTo(Exit.DIFFERENT);
            int seal = gone / 4 + 1;
            assertThat(ran.out()).contains(gone % 4 == 0 ? "row_inserted" : "row_missing");
            if (gone % 4 == 0) {
                assertThat(ran.out()).containsPattern(seal == 3 ? "row_inserted +3 " : "seal_missing +" + seal + " ");
            } else {
                assertThat(ran.out()).contains(id((seal - 1) * 3 + gone % 4));
            }
        }
    }

    @Test
    void rowsThatAreMovedRepeatedOrMadeUpAreNamed() throws IOException {
        List<String> moved = new ArrayList<>(lines);
        moved.set(5, lines.get(6));
        moved.set(6, lines.get(5));
        assertThat(verify(moved).out()).contains("row_moved", id(4), id(5));
        List<String> twice = new ArrayList<>(lines);
        twice.add(6, lines.get(5));
        assertThat(verify(twice).out()).contains("row_inserted", id(4));
        List<String> more = new ArrayList<>(lines);
        more.add(6, line(row(50), 2));
        assertThat(verify(more).out()).contains("row_inserted", id(50)).doesNotContain("row_missing");
    }

    @Test
    void aCutEndIsFoundByTheHeadThatWasNoted() throws IOException {
        assertThat(verify(lines.subList(0, 8)).exit()).isEqualTo(Exit.OK);
        Ran ran = verify(lines.subList(0, 8), "--head", head);
        assertThat(ran.exit()).isEqualTo(Exit.DIFFERENT);
        assertThat(ran.out()).contains("cut off");
    }
}
