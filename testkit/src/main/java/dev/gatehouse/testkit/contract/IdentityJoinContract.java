package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who becomes a user by coming from elsewhere for the first time.
public abstract class IdentityJoinContract extends GrantFixture {
    private static final int ROUNDS = 10;

    private final Elsewhere elsewhere = new Elsewhere(this::store, act, new IdentityNouns(nouns, this::digest));

    private IdentityStore identities() {
        return elsewhere.identities();
    }

    @Test
    void whoeverComesForTheFirstTimeBecomesAUserOrNothing() {
        Held acme = elsewhere.added("acme");
        User user = nouns.user(root(), "acme-1");
        Membership membership = nouns.membership(user.id(), root());
        Credential credential = elsewhere.made.credential(user);
        Link link = IdentityNouns.link(acme, credential, "s");
        assertThat(done(identities().join(acme.provider(), link, user, membership, credential, act)))
                .isEqualTo(link);
        assertThat(elsewhere.found(acme, "s")).contains(link);
        assertThat(store().users().membershipsOf(user.id())).hasSize(1);
        User twin = nouns.user(root(), "acme-2");
        Credential other = elsewhere.made.credential(twin);
        int rows = trail().size();
        assertThat(identities()
                        .join(
                                acme.provider(),
                                IdentityNouns.link(acme, other, "s"),
                                twin,
                                nouns.membership(twin.id(), root()),
                                other,
                                act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(store().users().user(twin.id())).isEmpty();
        assertThat(trail()).hasSize(rows);
        User same = nouns.user(root(), "acme-1");
        Credential third = elsewhere.made.credential(same);
        assertThat(identities()
                        .join(
                                acme.provider(),
                                IdentityNouns.link(acme, third, "t"),
                                same,
                                nouns.membership(same.id(), root()),
                                third,
                                act))
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void ofManyThatJoinAtOnceOneDoes() {
        Held acme = elsewhere.added("acme");
        for (int round = 0; round < ROUNDS; round++) {
            String subject = "s" + round;
            String prefix = "acme-" + round + "-";
            List<Stored<Link>> stored = Race.race(Race.callers(i -> {
                User user = nouns.user(root(), prefix + i);
                Membership membership = nouns.membership(user.id(), root());
                Credential credential = elsewhere.made.credential(user);
                return () -> identities()
                        .join(
                                acme.provider(),
                                IdentityNouns.link(acme, credential, subject),
                                user,
                                membership,
                                credential,
                                act);
            }));
            assertThat(stored.stream().filter(one -> one instanceof Stored.Done<Link>))
                    .hasSize(1);
        }
    }

    @Test
    void aProviderMakesSoManyUsersInAnHour() {
        Held acme = elsewhere.added("acme");
        for (int i = 0; i < IdentityStore.MAX_JOINS; i++) {
            done(joined(acme, i, act));
        }
        assertThat(joined(acme, IdentityStore.MAX_JOINS, act)).isInstanceOf(Stored.Full.class);
        assertThat(elsewhere.found(acme, "s" + IdentityStore.MAX_JOINS)).isEmpty();
        done(joined(elsewhere.added("other"), 0, act));
        Act later = new Act(act.actor(), act.requestId(), act.at().plus(Duration.ofHours(1)));
        done(joined(acme, IdentityStore.MAX_JOINS, later));
    }

    private Stored<Link> joined(Held at, int i, Act by) {
        User user = nouns.user(root(), at.provider().name() + "-" + i);
        Credential credential = elsewhere.made.credential(user);
        return identities()
                .join(
                        at.provider(),
                        IdentityNouns.link(at, credential, "s" + i),
                        user,
                        nouns.membership(user.id(), root()),
                        credential,
                        by);
    }
}
