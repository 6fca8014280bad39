package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store with a fresh installation in it, and how to look at what verbs answer and leave.
public abstract class StoreContract {
    /// Draws the nouns of one test.
    protected final Nouns nouns = new Nouns(20260101);

    /// What was installed.
    protected final Installation installed = nouns.installation();

    /// Who acts.
    protected final Act act = nouns.act();

    private Optional<Store> opened = Optional.empty();

    /// Opens the implementation under test over an empty database.
    protected abstract Store open();

    /// The store under test.
    protected final Store store() {
        return opened.orElseThrow();
    }

    @BeforeEach
    final void install() {
        opened = Optional.of(open());
        done(store().install(installed, act));
    }

    @AfterEach
    final void close() {
        opened.ifPresent(Store::close);
    }

    /// The root organization's id.
    protected final Id root() {
        return installed.root().id();
    }

    /// The value of a verb that must have been done.
    protected static <T> T done(Stored<T> stored) {
        assertThat(stored).isInstanceOf(Stored.Done.class);
        return ((Stored.Done<T>) stored).value();
    }

    /// Every audit row, newest first, all with a valid MAC.
    protected final List<AuditRow> trail() {
        List<AuditRow> rows = store().audit().newest(1000);
        assertThat(rows).allMatch(AuditRow::valid);
        return rows;
    }

    /// Checks that the newest audit row says this and that it is the only one since `before`.
    protected final void audited(int before, String verb, Id target) {
        List<AuditRow> rows = trail();
        assertThat(rows).hasSize(before + 1);
        assertThat(rows.getFirst().verb()).isEqualTo(verb);
        assertThat(rows.getFirst().target()).contains(target);
        assertThat(rows.getFirst().act()).isEqualTo(act);
    }

    /// The facts that a decision on this credential would rest on.
    protected final Members facts(Id credential) {
        return switch (store().facts().load(credential)) {
            case Look.Known<Members>(Members members) -> members;
            case Look.Absent<Members>() -> throw new AssertionError("no such credential");
            case Look.Cold<Members>() -> throw new AssertionError("load answered cold");
        };
    }
}
