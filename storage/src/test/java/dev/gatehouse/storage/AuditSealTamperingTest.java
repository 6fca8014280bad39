package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.testkit.contract.Nouns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is changed in a seal of the audit trail, or in their chain, is found and named.
@ParameterizedClass
@EnumSource
class AuditSealTamperingTest extends TamperedTrail {
    AuditSealTamperingTest(TamperedDatabase.Engine kind) {
        super(kind);
    }

    @Test
    void aFlippedBitAnywhereInASeal() throws SQLException {
        trail();
        everyBit("audit_seal", "number", 2, " seal 2");
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
        assertThat(findings()).contains("seal_missing seal 2").anyMatch(finding -> finding.startsWith("row_inserted"));
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
