package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.Finding;
import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.SealSigner;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A sealed audit trail, ways to change it behind Gatehouse's back, and what an examination finds.
abstract class TamperedTrail {
    @TempDir
    Path folder;

    final TamperedDatabase database;

    TamperedTrail(TamperedDatabase.Engine kind) {
        database = kind.fresh();
    }

    final Connection connect() throws SQLException {
        return database.connect(folder);
    }

    final String flipped(String column, int at) {
        return database.flipped(column, at);
    }

    final String flippedText(String column, int at) {
        return database.flippedText(column, at);
    }

    final Nouns nouns = new Nouns(3);
    final Installation installed = nouns.installation();
    final SealSigner signer = SealSigner.fresh("key_1");
    final SealSigner stranger = SealSigner.fresh("key_1");
    Optional<Store> opened = Optional.empty();

    @AfterEach
    void close() {
        opened.ifPresent(Store::close);
    }

    AuditStore audit() {
        return opened.orElseThrow().audit();
    }

    void change(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
            }
        }
    }

    void seal(int rows) {
        for (int i = 0; i < rows; i++) {
            Act act = i % 2 == 0
                    ? new Act(
                            new Act.Actor.Member(
                                    nouns.id(Kind.ORGANIZATION), nouns.id(Kind.APPLICATION), nouns.id(Kind.CREDENTIAL)),
                            "r" + i,
                            Nouns.NOW)
                    : Act.system("part", Nouns.NOW);
            opened.orElseThrow()
                    .members()
                    .add(nouns.organization(installed.root().id(), "o" + nouns.id(Kind.ORGANIZATION)), act);
        }
        assertThat(new Sealing(audit(), () -> Nouns.NOW).step(signer::sign)).isInstanceOf(Sealing.Step.Sealed.class);
    }

    /// Three seals of three, five and three rows.
    void trail() {
        opened = Optional.of(database.open(folder));
        opened.get().install(installed, nouns.act());
        seal(2);
        seal(5);
        seal(3);
        assertThat(findings()).isEmpty();
    }

    List<String> findings() {
        return findings(signer);
    }

    List<String> findings(SealSigner key) {
        Examination examination = new Examination(key.keys(), Optional.empty());
        audit().seals(0, 100).forEach(seal -> examination.next(seal, audit().sealed(seal.number(), 400)));
        examination.unsealed(audit().unsealed(100));
        examination.strays(audit().strays(100));
        return examination.findings().stream().map(TamperedTrail::text).toList();
    }

    static String text(Finding finding) {
        return finding.kind().word()
                + finding.seal().map(seal -> " seal " + seal).orElse("")
                + finding.row().map(row -> " row " + row).orElse("");
    }

    static String name(AuditRow row) {
        return HexFormat.of().toHexDigits(row.id());
    }

    static long stored(AuditRow row) {
        return row.id() ^ Long.MIN_VALUE;
    }

    void everyBit(String table, String key, long value, String named) throws SQLException {
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
}
