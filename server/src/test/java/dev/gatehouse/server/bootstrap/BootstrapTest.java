package dev.gatehouse.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final Random random = new Random(3);
    private final Store store = new MemoryStore(_ -> new byte[32], random);
    private final Bootstrap bootstrap = new Bootstrap(
            CheckKeys.of(List.of(CheckKeys.Entry.of('1', new byte[32]))),
            Pepper.of(List.of(Pepper.Entry.of(1, new byte[32]))),
            () -> NOW,
            random);

    private Api admin() {
        return store.apis().apis().getFirst();
    }

    private Role owner() {
        return store.apis()
                .roles(admin().organization(), Slice.first(1))
                .items()
                .getFirst();
    }

    /// Makes the catalogue what another release had.
    private void was(Map<String, Catalogue.Entry> entries) {
        Api before = admin();
        Api other = AdminApi.of(before.id(), before.organization());
        assertThat(store.apis()
                        .replace(
                                new Api(
                                        other.id(),
                                        other.organization(),
                                        other.name(),
                                        other.audience(),
                                        other.issuer(),
                                        other.listener(),
                                        other.hosts(),
                                        other.keyHeader(),
                                        other.tokens(),
                                        other.upstream(),
                                        Catalogue.of(entries),
                                        other.routes(),
                                        other.table(),
                                        before.version()),
                                Act.system("test", NOW)))
                .isInstanceOf(Stored.Done.class);
    }

    @Test
    void anInstallationOfAnEarlierReleaseGetsTheScopesThatCameSinceAndKeepsTheOthers() {
        bootstrap.install(store, "k");
        Map<String, Catalogue.Entry> entries = new TreeMap<>(admin().catalogue().entries());
        Scopes all = admin().catalogue().all();
        entries.remove("tokens:introspect");
        entries.put("later:scope", new Catalogue.Entry("Of a newer release", Scopes.NONE));
        was(entries);
        assertThat(owner().rights().at(admin().id()).list()).doesNotContain("tokens:introspect");
        bootstrap.extend(store);
        assertThat(admin().catalogue().all().list()).containsAll(all.list()).contains("later:scope");
        assertThat(owner().rights().at(admin().id()))
                .isEqualTo(admin().catalogue().all());
    }

    @Test
    void anInstallationOfThisReleaseIsLeftAlone() {
        bootstrap.install(store, "k");
        Api before = admin();
        int rows = store.audit().newest(100).size();
        bootstrap.extend(store);
        assertThat(admin()).isEqualTo(before);
        assertThat(store.audit().newest(100)).hasSize(rows);
    }

    @Test
    void anEmptyDatabaseStaysEmpty() {
        bootstrap.extend(store);
        assertThat(store.apis().apis()).isEmpty();
    }
}
