package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UnusedClientStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return store().members().application(application.id()).orElseThrow().standing().revoked();
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
