package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.Finding;
import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.Postgres;
import dev.gatehouse.testkit.SealSigner;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is changed in the audit trail behind Gatehouse's back is found and named.
class AuditTamperingTest {
    abstract static class Tampering {
        private final Nouns nouns = new Nouns(3);
        private final Installation installed = nouns.installation();
        private final SealSigner signer = SealSigner.fresh("key_1");
        private final SealSigner stranger = SealSigner.fresh("key_1");
        private Optional<Store> opened = Optional.empty();

        @AfterEach
        void close() {
            opened.ifPresent(Store::close);
        }

        abstract Store open();

        abstract Connection connect() throws SQLException;

        /// An expression for the same bytes with the bit of a place flipped.
        abstract String flipped(String column, int at);

        abstract String flippedText(String column, int at);

        private AuditStore audit() {
            return opened.orElseThrow().audit();
        }

        private void change(String... statements) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
                }
            }
        }

        private void seal(int rows) {
            for (int i = 0; i < rows; i++) {
                Act act = i % 2 == 0
                        ? new Act(
                                new Act.Actor.Member(
                                        nouns.id(Kind.ORGANIZATION),
                                        nouns.id(Kind.APPLICATION),
                                        nouns.id(Kind.CREDENTIAL)),
                                "r" + i,
                                Nouns.NOW)
                        : Act.system("part", Nouns.NOW);
                opened.orElseThrow()
                        .members()
                        .add(nouns.organization(installed.root().id(), "o" + nouns.id(Kind.ORGANIZATION)), act);
            }
            assertThat(new Sealing(audit(), () -> Nouns.NOW).step(signer::sign))
                    .isInstanceOf(Sealing.Step.Sealed.class);
        }

        /// Three seals of three, five and three rows.
        private void trail() {
            opened = Optional.of(open());
            opened.get().install(installed, nouns.act());
            seal(2);
            seal(5);
            seal(3);
            assertThat(findings()).isEmpty();
        }

        private List<String> findings() {
            return findings(signer);
        }

        private List<String> findings(SealSigner key) {
            Examination examination = new Examination(key.keys(), Optional.empty());
            audit().seals(0, 100).forEach(seal -> examination.next(seal, audit().sealed(seal.number(), 400)));
            examination.unsealed(audit().unsealed(100));
            examination.strays(audit().strays(100));
            return examination.findings().stream().map(Tampering::text).toList();
        }

        private static String text(Finding finding) {
            return finding.kind().word()
                    + finding.seal().map(seal -> " seal " + seal).orElse("")
                    + finding.row().map(row -> " row " + row).orElse("");
        }

        private static String name(AuditRow row) {
            return HexFormat.of().toHexDigits(row.id());
        }

        @Test
        void everyColumnOfASealedRow() throws SQLException {
            trail();
            AuditRow byMember = audit().sealed(2, 100).get(2);
            AuditRow byItself = audit().sealed(2, 100).get(3);
            List<String> flips = new ArrayList<>(List.of(
                    "at = at + 1",
                    "request_id = " + flippedText("request_id", 0),
                    "verb = " + flippedText("verb", 3),
                    "organization = organization + 1",
                    "organization = NULL",
                    "target = target + 1",
                    "target_kind = 'app'",
                    "target_kind = 'zzz'",
                    "detail = " + flippedText("detail", 0),
                    "detail = " + flippedText("detail", 9),
                    "actor_organization = 5"));
            for (int at : List.of(0, 7, 31)) {
                flips.add("mac = " + flipped("mac", at));
            }
            for (String flip : flips) {
                found(byMember, flip);
                found(byItself, flip);
            }
            found(byMember, "actor_application = actor_application + 1");
            found(byMember, "actor_credential = actor_credential + 1");
            found(byMember, "actor_credential = NULL, actor_part = 'gatehouse'");
            found(byItself, "actor_part = " + flippedText("actor_part", 0));
        }

        /// Every bit of each number, one bit of each byte.
        @Test
        void aFlippedBitAnywhereInARow() throws SQLException {
            trail();
            AuditRow byMember = audit().sealed(2, 100).get(2);
            AuditRow byItself = audit().sealed(2, 100).get(3);
            everyBit("audit", "id", stored(byMember), name(byMember));
            everyBit("audit", "id", stored(byItself), name(byItself));
        }

        private static long stored(AuditRow row) {
            return row.id() ^ Long.MIN_VALUE;
        }

        @Test
        void aFlippedBitAnywhereInASeal() throws SQLException {
            trail();
            everyBit("audit_seal", "number", 2, " seal 2");
        }

        private void everyBit(String table, String key, long value, String named) throws SQLException {
            try (Connection connection = connect()) {
                List<Bits.Cell> cells = Bits.read(connection, table, key, value);
                assertThat(cells).hasSizeGreaterThan(8);
                for (Bits.Cell cell : cells) {
                    for (Object flipped : Bits.flipped(cell.value())) {
                        long at = cell.column().equals(key) ? (long) flipped : value;
                        if (Bits.set(connection, table, key, value, cell.column(), flipped)) {
                            assertThat(findings())
                                    .as(cell.column() + " = " + flipped)
                                    .anyMatch(finding -> finding.contains(named));
                            assertThat(Bits.set(connection, table, key, at, cell.column(), cell.value()))
                                    .isTrue();
                        }
                    }
                }
            }
            assertThat(findings()).isEmpty();
        }

        private void found(AuditRow row, String flip) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE kept AS SELECT * FROM audit WHERE position = " + row.position());
                statement.executeUpdate("UPDATE audit SET " + flip + " WHERE position = " + row.position());
            }
            assertThat(findings())
                    .as(flip)
                    .contains("row_forged seal 2 row " + name(row))
                    .allMatch(finding -> finding.endsWith("seal 2 row " + name(row)));
            change("UPDATE audit SET (at, request_id, verb, organization, target, target_kind, detail, mac, actor_part,"
                    + " actor_organization, actor_application, actor_credential) = (SELECT at, request_id, verb,"
                    + " organization, target, target_kind, detail, mac, actor_part, actor_organization,"
                    + " actor_application, actor_credential FROM kept) WHERE position = " + row.position());
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("DROP TABLE kept");
            }
            assertThat(findings()).isEmpty();
        }

        @Test
        void aRowThatIsDeletedMovedOrTakenToAnotherSeal() throws SQLException {
            trail();
            AuditRow gone = audit().sealed(2, 100).get(1);
            AuditRow taken = audit().sealed(2, 100).get(3);
            AuditRow open = audit().sealed(3, 100).get(0);
            AuditRow stray = audit().sealed(3, 100).get(1);
            change(
                    "DELETE FROM audit WHERE position = " + gone.position(),
                    "UPDATE audit SET seal = 1 WHERE position = " + taken.position(),
                    "UPDATE audit SET seal = NULL WHERE position = " + open.position(),
                    "UPDATE audit SET seal = 77 WHERE position = " + stray.position());
            assertThat(findings())
                    .containsExactlyInAnyOrder(
                            "row_missing seal 2 row " + name(gone),
                            "row_missing seal 2 row " + name(taken),
                            "row_inserted seal 1 row " + name(taken),
                            "row_missing seal 3 row " + name(open),
                            "row_missing seal 3 row " + name(stray),
                            "row_inserted seal 77 row " + name(stray));
        }

        @Test
        void anIdIsChanged() throws SQLException {
            trail();
            AuditRow row = audit().sealed(2, 100).get(1);
            change("UPDATE audit SET id = id + 1 WHERE position = " + row.position());
            assertThat(findings())
                    .contains(
                            "row_missing seal 2 row " + name(row),
                            "row_inserted seal 2 row " + HexFormat.of().toHexDigits(row.id() + 1));
        }

        @Test
        void aRowIsCopiedOrMadeUp() throws SQLException {
            trail();
            AuditRow row = audit().sealed(2, 100).get(1);
            String columns =
                    "at, request_id, actor_part, actor_organization, actor_application, actor_credential, verb,"
                            + " organization, target_kind, target, detail, mac";
            String copy = "INSERT INTO audit (id, seal, " + columns + ") SELECT %d, %s, " + columns
                    + " FROM audit WHERE position = " + row.position();
            change(copy.formatted(5, "2"), copy.formatted(6, "NULL"));
            String five = HexFormat.of().toHexDigits(5 ^ Long.MIN_VALUE);
            String six = HexFormat.of().toHexDigits(6 ^ Long.MIN_VALUE);
            assertThat(findings())
                    .containsExactlyInAnyOrder(
                            "row_inserted seal 2 row " + five,
                            "row_forged seal 2 row " + five,
                            "row_forged row " + six);
            assertThat(new Sealing(audit(), () -> Nouns.NOW).step(signer::sign))
                    .isInstanceOfSatisfying(
                            Sealing.Step.Sealed.class,
                            done -> assertThat(done.forged()).isEqualTo(1));
            assertThat(findings()).contains("row_forged seal 4 row " + six);
        }

        @Test
        void everyColumnOfASeal() throws SQLException {
            trail();
            List<String> flips = new ArrayList<>(List.of(
                    "at = at + 1",
                    "first_position = first_position + 1",
                    "last_position = last_position - 1",
                    "row_count = row_count + 1",
                    "number = number + 100"));
            for (int at : List.of(0, 31)) {
                flips.add("root = " + flipped("root", at));
                flips.add("previous = " + flipped("previous", at));
            }
            for (int at : List.of(0, 8, 9, 40, 41, 204)) {
                flips.add("entries = " + flipped("entries", at));
            }
            for (int at : List.of(0, 20, 60, 100, 180, 300, 350, 440)) {
                flips.add("signature = " + flippedText("signature", at));
            }
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE kept AS SELECT * FROM audit_seal");
            }
            for (String flip : flips) {
                change("UPDATE audit_seal SET " + flip + " WHERE number = 2");
                assertThat(findings()).as(flip).isNotEmpty().anyMatch(finding -> finding.contains(" seal 2"));
                restore();
            }
        }

        private void restore() throws SQLException {
            change("DELETE FROM audit_seal", "INSERT INTO audit_seal SELECT * FROM kept");
            assertThat(findings()).isEmpty();
        }

        @Test
        void sealsThatAreExchangedOrSignedByAStranger() throws SQLException {
            trail();
            assertThat(findings(stranger))
                    .containsExactly("seal_altered seal 1", "seal_altered seal 2", "seal_altered seal 3");
            change("UPDATE audit_seal SET number = CASE number WHEN 2 THEN 20 ELSE 30 END WHERE number > 1");
            assertThat(findings()).contains("seal_missing seal 2", "seal_altered seal 20", "seal_altered seal 30");
        }

        @Test
        void aSealIsDeleted() throws SQLException {
            trail();
            change("DELETE FROM audit_seal WHERE number = 2");
            assertThat(findings())
                    .contains("seal_missing seal 2")
                    .anyMatch(finding -> finding.startsWith("row_inserted"));
        }

        @Test
        void theEndOfTheChainIsCutOff() throws SQLException {
            trail();
            Sealing sealing = new Sealing(audit(), () -> Nouns.NOW);
            assertThat(sealing.continued()).isTrue();
            change("DELETE FROM audit WHERE seal = 3", "DELETE FROM audit_seal WHERE number = 3");
            assertThat(findings()).isEmpty();
            assertThat(sealing.continued()).isFalse();
        }
    }

    @Nested
    class OnSqlite extends Tampering {
        @TempDir
        private Path folder;

        @Override
        Store open() {
            return TestKeys.storage().sqlite(folder);
        }

        @Override
        Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
        }

        @Override
        String flipped(String column, int at) {
            String byteAt = "substr(" + column + ", " + (at + 1) + ", 1)";
            return "CAST(substr(" + column + ", 1, " + at + ") || (CASE " + byteAt
                    + " WHEN X'00' THEN X'01' ELSE X'00' END)" + " || substr(" + column + ", " + (at + 2)
                    + ") AS BLOB)";
        }

        @Override
        String flippedText(String column, int at) {
            return "substr(" + column + ", 1, " + at + ") || (CASE substr(" + column + ", " + (at + 1)
                    + ", 1) WHEN 'A' THEN 'B' ELSE 'A' END) || substr(" + column + ", " + (at + 2) + ")";
        }
    }

    @Nested
    class OnPostgres extends Tampering {
        private final Postgres.Database database = Postgres.database();

        @Override
        Store open() {
            return TestKeys.storage(InstantSource.system())
                    .postgresql(database.url(), database.user(), Secret.of(database.password()));
        }

        @Override
        Connection connect() throws SQLException {
            return DriverManager.getConnection(database.url(), database.user(), database.password());
        }

        @Override
        String flipped(String column, int at) {
            return "set_byte(" + column + ", " + at + ", get_byte(" + column + ", " + at + ") # 1)";
        }

        @Override
        String flippedText(String column, int at) {
            return "overlay(" + column + " placing (CASE substr(" + column + ", " + (at + 1)
                    + ", 1) WHEN 'A' THEN 'B' ELSE 'A' END) from " + (at + 1) + " for 1)";
        }
    }
}
