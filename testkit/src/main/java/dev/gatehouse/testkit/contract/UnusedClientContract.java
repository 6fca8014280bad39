package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UnusedClientStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Clients that registered themselves and that nobody uses.
public abstract class UnusedClientContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final Duration PERIOD = Duration.ofDays(30);

    private UnusedClientStore clients() {
        return store().unusedClients();
    }

    private Id api() {
        return installed.admin().id();
    }

    private Application client(String clientId, Instant at) {
        Application application = nouns.application(root(), clientId);
        return done(store().registrations()
                .register(
                        application,
                        List.of(nouns.credential(application, CredentialKind.SECRET)),
                        new Registered(application.id(), api(), Optional.of(digest()), "{}", at),
                        List.of(),
                        1000,
                        act));
    }

    private boolean revoked(Application application) {
        return store().members()
                .application(application.id())
                .orElseThrow()
                .standing()
                .revoked();
    }

    @Test
    void whatNobodyUsesIsFoundAndEnds() {
        Application first = client("first", Nouns.NOW);
        Application second = client("second", Nouns.NOW.plusSeconds(1));
        Application used = client("used", Nouns.NOW);
        client("later", Nouns.NOW.plusSeconds(3));
        Application plain = application("plain");
        Instant before = Nouns.NOW.plusSeconds(2);
        assertThat(clients().used(used.id(), Nouns.NOW.plusSeconds(4))).isTrue();
        assertThat(clients().used(plain.id(), Nouns.NOW)).isTrue();
        assertThat(clients().unused(api(), Nouns.NOW.minusSeconds(1), 10)).isEmpty();
        assertThat(clients().unused(nouns.id(Kind.API), before, 10)).isEmpty();
        assertThat(clients().unused(api(), before, 10)).containsExactly(first.id(), second.id());
        assertThat(clients().unused(api(), before, 1)).containsExactly(first.id());
        int rows = trail().size();
        done(clients().expire(first.id(), before, act));
        audited(rows, "application.revoke", first.id());
        assertThat(revoked(first)).isTrue();
        assertThat(clients().used(first.id(), before)).isFalse();
        assertThat(clients().unused(api(), before, 10)).containsExactly(second.id());
        assertThat(clients().expire(used.id(), before, act)).isInstanceOf(Stored.Missing.class);
        assertThat(clients().expire(plain.id(), before, act)).isInstanceOf(Stored.Missing.class);
        assertThat(revoked(used)).isFalse();
    }

    /// Nothing is written down where nothing ends: so nobody ends for what was not written down.
    @Test
    void theTimeCountsFromWhenItIsSetOrShortened() {
        Application client = client("old", Nouns.NOW);
        ending(Optional.empty(), Nouns.NOW);
        Instant set = Nouns.NOW.plus(PERIOD.multipliedBy(2));
        ending(Optional.of(PERIOD.multipliedBy(2)), set);
        assertThat(clients().unused(api(), set.minusSeconds(1), 10)).isEmpty();
        assertThat(clients().expire(client.id(), set.minusSeconds(1), act)).isInstanceOf(Stored.Missing.class);
        Instant longer = set.plus(PERIOD);
        ending(Optional.of(PERIOD.multipliedBy(3)), longer);
        assertThat(clients().unused(api(), set, 10)).containsExactly(client.id());
        ending(Optional.of(PERIOD), longer);
        assertThat(clients().unused(api(), longer.minusSeconds(1), 10)).isEmpty();
        Instant later = longer.plus(PERIOD);
        ending(Optional.empty(), later);
        assertThat(clients().unused(api(), longer, 10)).containsExactly(client.id());
        ending(Optional.of(PERIOD), later);
        assertThat(clients().unused(api(), later.minusSeconds(1), 10)).isEmpty();
        done(clients().expire(client.id(), later, act));
    }

    private void ending(Optional<Duration> unused, Instant at) {
        Api api = store().apis().apis().stream()
                .filter(one -> one.id().equals(api()))
                .findFirst()
                .orElseThrow();
        RegistrationPolicy policy = new RegistrationPolicy(
                List.of(),
                "buyers",
                true,
                false,
                RegistrationPolicy.GRANTS,
                Set.of(ClientMethod.NONE),
                Set.of(),
                true,
                10,
                RegistrationPolicy.RATE,
                unused);
        ClientRules rules = api.clients().registering(Optional.of(policy));
        done(store().apis().replace(api.requiring(rules), Act.system("test", at)));
    }

    /// GAUNTLET R2: of a use and the end at once one is first, and the other knows.
    @Test
    void whatIsUsedAtTheLastMomentStays() {
        for (int round = 0; round < ROUNDS; round++) {
            Application client = client("racer" + round, Nouns.NOW);
            Instant now = Nouns.NOW.plus(PERIOD);
            List<Callable<Boolean>> callers = new ArrayList<>();
            callers.add(() -> clients().expire(client.id(), Nouns.NOW, act) instanceof Stored.Done);
            for (int i = 1; i < Race.CALLERS; i++) {
                callers.add(() -> clients().used(client.id(), now));
            }
            List<Boolean> came = Race.race(callers);
            boolean ended = came.getFirst();
            assertThat(revoked(client)).isEqualTo(ended);
            assertThat(came.subList(1, came.size())).containsOnly(!ended);
        }
    }
}
