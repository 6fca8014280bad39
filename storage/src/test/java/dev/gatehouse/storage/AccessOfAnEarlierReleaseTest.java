package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node of the release before setters reads and writes `access` alone: lines of an application and what
/// bounds it, one for each application.
class AccessOfAnEarlierReleaseTest {
    private final Nouns nouns = new Nouns(3);

    @TempDir
    Path folder;

    private Store store;
    private Organization parent;
    private Organization sub;
    private Id shop;
    private Id till;
    private Id reader;
    private Id writer;

    @BeforeEach
    void open() {
        store = TestKeys.storage().sqlite(folder);
        store.install(nouns.installation(), nouns.act());
        Id root = store.members().root().orElseThrow().id();
        parent = done(store.members().add(nouns.organization(root, "parent"), nouns.act()));
        sub = done(store.members().add(nouns.organization(parent.id(), "sub"), nouns.act()));
        shop = added("shop");
        till = added("till");
        reader = role("reader");
        writer = role("writer");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    private Id added(String clientId) {
        Application one = nouns.application(parent.id(), clientId);
        return done(store.members().add(one, nouns.act())).id();
    }

    private Id role(String name) {
        Role role = new Role(nouns.id(Kind.ROLE), parent.id(), name, Rights.NONE, false, 0);
        return done(store.apis().add(role, nouns.act())).id();
    }

    private void say(Access... access) {
        Organization now = store.members().organization(sub.id()).orElseThrow();
        Organization after = done(store.members().replace(now, now.with(List.of(access)), nouns.act()));
        assertThat(after.access()).containsExactly(access);
    }

    private List<String> lines() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT access FROM organization WHERE access <> ''")) {
            while (rows.next()) {
                lines.addAll(List.of(rows.getString(1).split("\n", -1)));
            }
        }
        return lines;
    }

    private void written(String access) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE organization SET access = '" + access + "' WHERE name = 'sub'"))
                    .isEqualTo(1);
        }
    }

    private List<Access> read() {
        List<Access> read = store.members().organization(sub.id()).orElseThrow().access();
        assertThat(store.facts().loadOrganization(sub.id())).isInstanceOf(Look.Known.class);
        return read;
    }

    @Test
    void itReadsOneLineForEachApplicationThatTakesAwayAsMuch() throws SQLException {
        Id root = store.members().root().orElseThrow().id();
        say(new Access(shop, Optional.of(reader), parent.id()), new Access(till, Optional.empty(), root));
        assertThat(lines()).containsExactly(shop + "\t" + reader, till + "\tdeny");
        say(
                new Access(shop, Optional.of(reader), parent.id()),
                new Access(shop, Optional.of(reader), root),
                new Access(till, Optional.of(reader), root),
                new Access(till, Optional.of(writer)));
        assertThat(lines()).containsExactly(shop + "\t" + reader, till + "\tdeny");
        assertThat(store.apis().delete(store.apis().role(writer).orElseThrow(), nouns.act()))
                .as("a role that the line does not name")
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void whatItWritesIsSaidByNobodyAndWhatItLeavesStays() throws SQLException {
        say(new Access(shop, Optional.of(reader), parent.id()), new Access(till, Optional.empty(), parent.id()));
        written(shop + "\t" + writer + "\n" + till + "\tdeny");
        assertThat(read())
                .containsExactlyInAnyOrder(
                        new Access(shop, Optional.of(writer)), new Access(till, Optional.empty(), parent.id()));
        written(shop + "\t" + writer);
        assertThat(read()).as("what it takes back").containsExactly(new Access(shop, Optional.of(writer)));
        written("");
        assertThat(read()).isEmpty();
        done(store.apis().delete(store.apis().role(reader).orElseThrow(), nouns.act()));
    }

    /// It counts applications, not what is said of them.
    @Test
    void moreThanThereMayBeIsWhatItsLinesSay() throws SQLException {
        say(new Access(shop, Optional.of(reader), parent.id()), new Access(shop, Optional.empty()));
        StringBuilder lines = new StringBuilder(shop + "\tdeny");
        for (int i = 1; i < Access.MOST; i++) {
            lines.append('\n').append(nouns.id(Kind.APPLICATION)).append("\tdeny");
        }
        written(lines.toString());
        assertThat(read()).hasSize(Access.MOST).contains(new Access(shop, Optional.empty()));
    }
}
