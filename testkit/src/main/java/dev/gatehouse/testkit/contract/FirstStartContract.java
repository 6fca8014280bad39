package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first start of several nodes over one empty database.
public abstract class FirstStartContract {
    private final Nouns nouns = new Nouns(20260102);
    private final Act act = nouns.act();

    /// Opens the implementation under test over an empty database.
    protected abstract Store open();

    /// With other names in each installation nothing but the rule of one root is in the way of a second one.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyFirstInstallationsOneIsDoneAndNothingOfTheOthersIsThere(boolean sameNames) {
        List<Installation> asked = IntStream.range(0, CALLERS)
                .mapToObj(i -> nouns.installation(sameNames ? "" : "-" + i))
                .toList();
        try (Store store = open()) {
            assertThat(store.members().root()).isEmpty();
            List<Stored<Installation>> results = race(callers(i -> () -> store.install(asked.get(i), act)));
            assertThat(winners(results)).isEqualTo(1);
            for (int i = 0; i < CALLERS; i++) {
                if (results.get(i) instanceof Stored.Done) {
                    alone(store, asked.get(i));
                } else {
                    assertThat(results.get(i)).isInstanceOf(Stored.Conflict.class);
                    absent(store, asked.get(i));
                }
            }
        }
    }

    private static void alone(Store store, Installation winner) {
        assertThat(store.members().root()).contains(winner.root());
        assertThat(store.apis().apis())
                .singleElement()
                .satisfies(api -> assertThat(api.id()).isEqualTo(winner.admin().id()));
        assertThat(store.apis().roles(winner.root().id(), Slice.first(10)).items())
                .containsExactly(winner.owner());
        assertThat(store.members().application(winner.bootstrap().id())).contains(winner.bootstrap());
        assertThat(store.members().credential(winner.key().id())).contains(winner.key());
        assertThat(store.facts().load(winner.key().id())).isInstanceOf(Look.Known.class);
        assertThat(store.audit().newest(10))
                .singleElement()
                .extracting(AuditRow::target)
                .isEqualTo(Optional.of(winner.root().id()));
    }

    private static void absent(Store store, Installation loser) {
        assertThat(store.members().organization(loser.root().id())).isEmpty();
        assertThat(store.facts().api(loser.admin().id())).isEmpty();
        assertThat(store.apis().role(loser.owner().id())).isEmpty();
        assertThat(store.members().application(loser.bootstrap().id())).isEmpty();
        assertThat(store.members().credential(loser.key().id())).isEmpty();
        assertThat(store.facts().load(loser.key().id())).isInstanceOf(Look.Absent.class);
    }
}
