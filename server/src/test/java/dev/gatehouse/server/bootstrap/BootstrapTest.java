package dev.gatehouse.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BootstrapTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final CheckKeys CHECK = CheckKeys.of(List.of(CheckKeys.Entry.of('1', new byte[32])));

    private final Random random = new Random(3);
    private final Store store = new MemoryStore(_ -> new byte[32], random);
    private final Bootstrap bootstrap =
            new Bootstrap(CHECK, Pepper.of(List.of(Pepper.Entry.of(1, new byte[32]))), () -> NOW, random);

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

    /// One that lacks nothing else.
    @Test
    void anInstallationOfAnEarlierReleaseAsksPeopleForASecondFactor() {
        bootstrap.install(store, "k");
        was(admin().catalogue().entries());
        assertThat(admin().secondFactor()).isFalse();
        bootstrap.extend(store);
        assertThat(admin().secondFactor()).isTrue();
        Api after = admin();
        bootstrap.extend(store);
        assertThat(admin()).isEqualTo(after);
    }

    @Test
    void whatIsSaidOfTheAdminApiOfAnEarlierReleaseStays() {
        bootstrap.install(store, "k");
        was(admin().catalogue().entries());
        Limits limits = new Limits(Optional.of(new Rate(9, 1, 9)), Optional.empty(), Optional.empty());
        assertThat(store.apis().replace(admin().with(limits), Act.system("test", NOW)))
                .isInstanceOf(Stored.Done.class);
        bootstrap.extend(store);
        assertThat(admin().secondFactor()).isTrue();
        assertThat(admin().limits()).isEqualTo(limits);
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

    private Application first() {
        return store.members().applicationByClientId("bootstrap").orElseThrow();
    }

    /// When the first key has ended: there is no owner that could not be taken away.
    private static Act ended() {
        return Act.system("test", NOW.plus(Bootstrap.LIFE));
    }

    /// Who could lock the provider out, and how.
    static List<Named<Consumer<BootstrapTest>>> lockedOut() {
        return List.of(
                Named.of("held", it -> it.store.members().hold(it.first().id(), Hold.OWNER, ended())),
                Named.of("revoked", it -> it.store.members().revoke(it.first().id(), ended())),
                Named.of(
                        "ending",
                        it -> it.store.members().schedule(it.first().id(), Window.until(NOW.plusSeconds(60)), ended())),
                Named.of("without its role", it -> {
                    Application was = it.first();
                    it.store
                            .members()
                            .replace(
                                    was,
                                    new Application(
                                            was.id(),
                                            was.organization(),
                                            was.clientId(),
                                            was.name(),
                                            Optional.empty(),
                                            was.standing(),
                                            was.createdAt()),
                                    ended());
                }),
                Named.of("full", it -> {
                    for (int i = 1; i < MemberStore.MAX_CREDENTIALS; i++) {
                        it.bootstrap.renew(it.store);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("lockedOut")
    void anotherKeyHasEveryRightWhateverBecameOfTheApplication(Consumer<BootstrapTest> lock) {
        bootstrap.install(store, "k");
        Id before = first().id();
        lock.accept(this);
        Secret key = bootstrap.renew(store);
        KeyString read = KeyString.parse(key, CHECK).orElseThrow();
        Credential credential = store.members().credential(read.credential()).orElseThrow();
        Application holder = store.members().application(credential.holder()).orElseThrow();
        assertThat(holder.id()).isNotEqualTo(before);
        assertThat(holder.role()).contains(owner().id());
        assertThat(holder.organization()).isEqualTo(admin().organization());
        assertThat(holder.standing()).isEqualTo(Standing.FRESH);
        assertThat(credential.reach()).isEqualTo(new Reach.WholeRole());
    }

    @Test
    void anotherKeyIsOfTheSameApplicationWhileThatWillDo() {
        bootstrap.install(store, "k");
        KeyString read = KeyString.parse(bootstrap.renew(store), CHECK).orElseThrow();
        assertThat(store.members().credential(read.credential()).orElseThrow().holder())
                .isEqualTo(first().id());
    }

    @Test
    void anEmptyDatabaseHasNoOwner() {
        assertThatThrownBy(() -> bootstrap.renew(store))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("empty");
    }
}
