package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.testkit.contract.Nouns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is changed in a row of the audit trail behind Gatehouse's back is found and named.
@ParameterizedClass
@EnumSource
class AuditRowTamperingTest extends TamperedTrail {
    AuditRowTamperingTest(TamperedDatabase.Engine kind) {
        super(kind);
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
        String columns = "at, request_id, actor_part, actor_organization, actor_application, actor_credential, verb,"
                + " organization, target_kind, target, detail, mac";
        String copy = "INSERT INTO audit (id, seal, " + columns + ") SELECT %d, %s, " + columns
                + " FROM audit WHERE position = " + row.position();
        change(copy.formatted(5, "2"), copy.formatted(6, "NULL"));
        String five = HexFormat.of().toHexDigits(5 ^ Long.MIN_VALUE);
        String six = HexFormat.of().toHexDigits(6 ^ Long.MIN_VALUE);
        assertThat(findings())
                .containsExactlyInAnyOrder(
                        "row_inserted seal 2 row " + five, "row_forged seal 2 row " + five, "row_forged row " + six);
        assertThat(new Sealing(audit(), () -> Nouns.NOW).step(signer::sign))
                .isInstanceOfSatisfying(
                        Sealing.Step.Sealed.class,
                        done -> assertThat(done.forged()).isEqualTo(1));
        assertThat(findings()).contains("row_forged seal 4 row " + six);
    }
}
