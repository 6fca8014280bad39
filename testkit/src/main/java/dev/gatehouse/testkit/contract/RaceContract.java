package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The same verbs from many callers at once.
public abstract class RaceContract extends StoreContract {
    private Application application() {
        return done(store().members().add(nouns.application(root(), "shop"), act));
    }

    private long audited(String verb, Id target) {
        return trail().stream()
                .filter(row -> row.verb().equals(verb) && row.target().equals(Optional.of(target)))
                .count();
    }

    @Test
    void ofManyThatSetTheSameHoldOneDoesIt() {
        Id member = application().id();
        List<Stored<Standing>> held = race(callers(_ -> () -> store().members().hold(member, Hold.OWNER, act)));
        assertThat(winners(held)).isEqualTo(CALLERS);
        assertThat(audited("application.hold", member)).isEqualTo(1);
        List<Stored<Standing>> lifted =
                race(callers(_ -> () -> store().members().lift(member, Hold.OWNER, act)));
        assertThat(winners(lifted)).isEqualTo(CALLERS);
        assertThat(audited("application.lift", member)).isEqualTo(1);
        assertThat(store().members()
                        .application(member)
                        .orElseThrow()
                        .standing()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void aRoleIsEitherDeletedOrGiven() {
        for (int round = 0; round < 8; round++) {
            Role role = done(store().apis()
                    .add(new Role(nouns.id(Kind.ROLE), root(), "role " + round, Rights.NONE, false, 0), act));
            String name = "application " + round;
            List<Callable<Boolean>> callers = List.of(
                    () -> store().apis().delete(role, act) instanceof Stored.Done,
                    () -> store().members().add(nouns.application(root(), name, role.id()), act)
                            instanceof Stored.Done);
            assertThat(race(callers)).containsOnlyOnce(true);
        }
    }

    @Test
    void noCutIsLost() {
        Id member = application().id();
        race(callers(_ -> () -> store().members().cut(member, act)));
        assertThat(store().members()
                        .application(member)
                        .orElseThrow()
                        .standing()
                        .generation())
                .isEqualTo(CALLERS);
        assertThat(audited("application.cut", member)).isEqualTo(CALLERS);
    }

    @Test
    void holdsLiftsCutsAndARevokeInAnyOrderLeaveARevokedMemberThatStaysSo() {
        for (int round = 0; round < 5; round++) {
            Id member = done(store().members().add(nouns.application(root(), "shop " + round), act))
                    .id();
            Random random = new Random(round);
            List<Callable<Stored<Standing>>> callers = new ArrayList<>(callers(_ -> mixed(member, random.nextInt(3))));
            callers.add(() -> store().members().revoke(member, act));
            List<Stored<Standing>> results = race(callers);
            Standing last = store().members().application(member).orElseThrow().standing();
            assertThat(last.revoked()).isTrue();
            assertThat(results.getLast()).isInstanceOf(Stored.Done.class);
            assertThat(audited("application.revoke", member)).isEqualTo(1);
            long effects = trail().stream()
                            .filter(row -> row.target().equals(Optional.of(member)))
                            .count()
                    - 1;
            assertThat(last.version()).isEqualTo(effects);
        }
    }

    private Callable<Stored<Standing>> mixed(Id member, int which) {
        MemberStore members = store().members();
        return switch (which) {
            case 0 -> () -> members.hold(member, Hold.OWNER, act);
            case 1 -> () -> members.lift(member, Hold.OWNER, act);
            default -> () -> members.cut(member, act);
        };
    }

    @Test
    void atTheLimitOneMoreCredentialIsAddedAndNoSecond() {
        Application application = application();
        fill(application, MemberStore.MAX_CREDENTIALS - 1);
        List<Credential> more = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.credential(application, CredentialKind.SECRET))
                .toList();
        List<Stored<Credential>> results =
                race(callers(i -> () -> store().members().add(more.get(i), act)));
        assertThat(winners(results)).isEqualTo(1);
        assertThat(results)
                .filteredOn(result -> !(result instanceof Stored.Done))
                .allMatch(Stored.Full.class::isInstance);
        Id there = store().members()
                .credentials(application.id(), Slice.first(1))
                .items()
                .getFirst()
                .id();
        race(callers(_ -> () -> store().members().revoke(there, act)));
        assertThat(store().members().add(nouns.credential(application, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Done.class);
        assertThat(store().members().add(nouns.credential(application, CredentialKind.SECRET), act))
                .isInstanceOf(Stored.Full.class);
    }

    /// Many at once, because each waits for its own to be applied.
    private void fill(Application application, int count) {
        List<Credential> credentials = IntStream.range(0, count)
                .mapToObj(_ -> nouns.credential(application, CredentialKind.SECRET))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(10 * CALLERS)) {
            List<Future<Stored<Credential>>> adding = credentials.stream()
                    .map(one -> threads.submit(() -> store().members().add(one, act)))
                    .toList();
            for (Future<Stored<Credential>> one : adding) {
                done(one.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a credential was not added", e);
        }
    }

    @Test
    void ofManyWithOneNameOneIsAdded() {
        List<Application> twins = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.application(root(), "twin"))
                .toList();
        List<Stored<Application>> results =
                race(callers(i -> () -> store().members().add(twins.get(i), act)));
        assertThat(winners(results)).isEqualTo(1);
        assertThat(trail())
                .filteredOn(row -> row.verb().equals("application.add"))
                .hasSize(1);
    }

    @Test
    void ofManyStepsOfOneKeyOneIsTakenAndExactlyOneKeyIsActive() {
        Optional<Id> api = Optional.of(installed.admin().id());
        List<StoredKey> drawn = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.key(api, StoredKey.Use.SIGN))
                .toList();
        assertThat(winners(race(callers(i -> () -> store().keys().prepare(drawn.get(i), act)))))
                .isEqualTo(1);
        StoredKey first = onlyKey();
        KeyStep activate = Nouns.step(first, StoredKey.State.ACTIVE, act.at());
        assertThat(winners(race(callers(_ -> () -> store().keys().advance(List.of(activate), act)))))
                .isEqualTo(1);
        StoredKey next = done(store().keys().prepare(nouns.key(api, StoredKey.Use.SIGN), act));
        List<KeyStep> rotate = List.of(
                Nouns.step(activate.after(), StoredKey.State.RETIRED, act.at()),
                Nouns.step(next, StoredKey.State.ACTIVE, act.at()));
        assertThat(winners(race(callers(_ -> () -> store().keys().advance(rotate, act)))))
                .isEqualTo(1);
        assertThat(store().keys().keys().sound())
                .filteredOn(key -> key.state() == StoredKey.State.ACTIVE)
                .containsExactly(rotate.getLast().after());
        race(callers(_ -> () -> store().keys().withdraw(first.id(), act)));
        assertThat(audited("key.withdraw", first.id())).isEqualTo(1);
        assertThat(audited("key.activate", next.id())).isEqualTo(1);
    }

    private StoredKey onlyKey() {
        List<StoredKey> keys = store().keys().keys().sound();
        assertThat(keys).hasSize(1);
        return keys.getFirst();
    }

    @Test
    void ofManyThatReplaceOneVersionOneWins() {
        Role role = done(store().apis().add(new Role(nouns.id(Kind.ROLE), root(), "r", Rights.NONE, false, 0), act));
        List<Stored<Role>> results = race(callers(_ -> () -> store().apis().replace(role, act)));
        assertThat(winners(results)).isEqualTo(1);
        Api api = done(store().apis().add(nouns.api(root(), "orders"), act));
        List<Stored<Api>> replaced = race(callers(_ -> () -> store().apis().replace(api, act)));
        assertThat(winners(replaced)).isEqualTo(1);
    }

    @Test
    void theOwnerRoleGetsEveryApiThatIsAddedAtOnce() {
        List<Api> apis = IntStream.range(0, CALLERS)
                .mapToObj(i -> nouns.api(root(), "api" + i))
                .toList();
        assertThat(winners(race(callers(i -> () -> store().apis().add(apis.get(i), act)))))
                .isEqualTo(CALLERS);
        Rights owner = store().apis().role(installed.owner().id()).orElseThrow().rights();
        assertThat(apis).allMatch(api -> owner.at(api.id()).equals(Scopes.of("orders:read", "orders:write")));
    }

    @Test
    void aSecondInstallationIsRefusedAndLeavesNoTrace() {
        List<AuditRow> before = trail();
        Nouns others = new Nouns(7);
        var more =
                IntStream.range(0, CALLERS).mapToObj(_ -> others.installation()).toList();
        assertThat(winners(race(callers(i -> () -> store().install(more.get(i), act)))))
                .isZero();
        assertThat(store().members().root()).contains(installed.root());
        assertThat(store().keyFile()).contains(installed.keyFile());
        assertThat(store().apis().apis()).hasSize(1);
        assertThat(trail()).isEqualTo(before);
    }
}
