package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.ApiStore;
import dev.gatehouse.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Listeners and hosts, of which each is one Api's.
public abstract class ApiAddressContract extends StoreContract {
    private static final Optional<String> PUBLIC = Optional.of("public");

    private ApiStore apis() {
        return store().apis();
    }

    private Api at(Optional<String> listener, String... hosts) {
        return moved(nouns.api(root(), nouns.id(Kind.API).text()), listener, hosts);
    }

    private static Api moved(Api api, Optional<String> listener, String... hosts) {
        return new Api(
                api.id(),
                api.organization(),
                api.name(),
                api.audience(),
                api.issuer(),
                listener,
                Set.of(hosts),
                api.keyHeader(),
                api.tokens(),
                api.upstream(),
                api.catalogue(),
                api.routes(),
                api.table(),
                api.version());
    }

    private static void refused(Stored<Api> stored, String why) {
        assertThat(stored).isEqualTo(new Stored.Conflict<Api>(why));
    }

    @Test
    void noTwoApisHaveAListenerOrAHostInCommon() {
        Api api = done(apis().add(at(PUBLIC, "a.example", "b.example"), act));
        Api other = done(apis().add(at(Optional.empty(), "c.example"), act));
        int before = trail().size();
        Rights owner = apis().role(installed.owner().id()).orElseThrow().rights();
        refused(apis().add(at(PUBLIC), act), "the listener public is in use");
        refused(apis().add(at(Optional.of("own"), "z.example", "b.example"), act), "the host b.example is in use");
        refused(apis().replace(moved(other, PUBLIC, "c.example"), act), "the listener public is in use");
        refused(apis().replace(moved(other, Optional.empty(), "a.example"), act), "the host a.example is in use");
        assertThat(apis().role(installed.owner().id()).orElseThrow().rights()).isEqualTo(owner);
        assertThat(trail()).hasSize(before);
        done(apis().replace(moved(api, PUBLIC, "a.example"), act));
        done(apis().replace(moved(other, Optional.empty(), "b.example", "a.example:8443"), act));
    }

    @Test
    void whatADeletedApiHadIsFree() {
        Api api = done(apis().add(at(PUBLIC, "a.example"), act));
        done(apis().delete(api, act));
        done(apis().add(at(PUBLIC, "a.example"), act));
    }

    @Test
    void ofManyThatWantAListenerOneGetsIt() {
        List<Api> wanting =
                IntStream.range(0, CALLERS).mapToObj(_ -> at(PUBLIC)).toList();
        assertThat(winners(race(callers(i -> () -> apis().add(wanting.get(i), act)))))
                .isEqualTo(1);
        assertThat(apis().apis())
                .filteredOn(api -> api.listener().equals(PUBLIC))
                .hasSize(1);
    }

    @Test
    void ofManyThatMoveToAHostOneGetsThere() {
        List<Api> moving = IntStream.range(0, CALLERS)
                .mapToObj(i -> done(apis().add(at(Optional.empty(), i + ".example"), act)))
                .toList();
        assertThat(winners(race(callers(
                        i -> () -> apis().replace(moved(moving.get(i), Optional.empty(), "a.example"), act)))))
                .isEqualTo(1);
        assertThat(apis().apis())
                .filteredOn(api -> api.hosts().contains("a.example"))
                .hasSize(1);
    }
}
