package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeptReply;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.ReplyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Requests that have one effect however often they are sent.
public abstract class ReplyContract extends StoreContract {
    private static final Instant UNTIL = Nouns.NOW.plus(Duration.ofDays(1));

    private static Bytes bytes(int of) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return Bytes.of(bytes);
    }

    private static Encrypted reply(Object to) {
        return Encrypted.of(to.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Act once(int id) {
        return once(id, act.at(), UNTIL);
    }

    private Act once(int id, Instant at, Instant until) {
        return once(act.actor(), id, at, until, ReplyStore.MOST);
    }

    private static Act once(Act.Actor actor, int id, Instant at, Instant until, int most) {
        Once once = new Once(bytes(id), bytes(99), until, most, ReplyContract::reply);
        return new Act(actor, "request", at).on(Terms.NONE.and(once));
    }

    private Act at(Instant now) {
        return new Act(act.actor(), act.requestId(), now);
    }

    @Test
    void theReplyIsKeptWithItsEffectAndTheEffectIsHadOnce() {
        Organization child = nouns.organization(root(), "Child");
        Organization added = done(store().members().add(child, once(1)));
        KeptReply kept = store().replies().find(bytes(1), act).orElseThrow();
        assertThat(kept.request()).isEqualTo(bytes(99));
        assertThat(kept.reply()).isEqualTo(reply(added));
        assertThat(kept.receipt().orElseThrow().runOut()).isZero();
        int before = trail().size();
        assertThat(store().members().add(nouns.organization(root(), "Another"), once(1)))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(store().members().hold(child.id(), Hold.OWNER, once(1))).isInstanceOf(Stored.Conflict.class);
        assertThat(trail()).hasSize(before);
        assertThat(store().replies().find(bytes(2), act)).isEmpty();
    }

    @Test
    void whatIsNotDoneIsNotKept() {
        done(store().members().add(nouns.organization(root(), "Child"), act));
        assertThat(store().members().add(nouns.organization(root(), "Child"), once(1)))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(store().members().hold(root(), Hold.OWNER, once(1))).isInstanceOf(Stored.Conflict.class);
        assertThat(store().replies().find(bytes(1), act)).isEmpty();
        done(store().members().add(nouns.organization(root(), "Other"), once(1)));
    }

    @Test
    void whatIsSoAlreadyIsKeptToo() {
        done(store().members().lift(root(), Hold.OWNER, once(1)));
        assertThat(store().replies().find(bytes(1), act)).isPresent();
    }

    @Test
    void anExpiredReplyIsNotThere() {
        done(store().members().add(nouns.organization(root(), "Child"), once(1)));
        assertThat(store().replies().find(bytes(1), at(UNTIL.minusNanos(1000)))).isPresent();
        assertThat(store().replies().find(bytes(1), at(UNTIL))).isEmpty();
        Instant later = UNTIL.plus(Duration.ofDays(1));
        Organization next = done(store().members().add(nouns.organization(root(), "Next"), once(1, UNTIL, later)));
        assertThat(store().replies().find(bytes(1), at(UNTIL)))
                .map(KeptReply::reply)
                .contains(reply(next));
    }

    @Test
    void expiredRepliesAreRemovedAndOthersStay() {
        for (int id = 1; id <= 40; id++) {
            done(store().members().cut(root(), once(id)));
        }
        Instant later = UNTIL.plus(Duration.ofDays(1));
        for (int id = 41; id <= 44; id++) {
            done(store().members().cut(root(), once(id, UNTIL, later)));
        }
        for (int id = 1; id <= 40; id++) {
            assertThat(store().replies().find(bytes(id), act))
                    .as("removed, %s", id)
                    .isEmpty();
        }
        assertThat(store().replies().find(bytes(41), at(UNTIL))).isPresent();
    }

    @Test
    void atMostSoManyRepliesAreKeptForOneCaller() {
        Act.Actor caller = caller();
        for (int id = 1; id <= 3; id++) {
            done(store().members().cut(root(), once(caller, id, act.at(), UNTIL, 3)));
        }
        int before = trail().size();
        assertThat(store().members().cut(root(), once(caller, 4, act.at(), UNTIL, 3)))
                .isInstanceOf(Stored.Full.class);
        assertThat(store().members().cut(root(), once(caller, 3, act.at(), UNTIL, 3)))
                .as("what has had its effect is told from what there is no room for")
                .isInstanceOf(Stored.Conflict.class);
        assertThat(trail()).hasSize(before);
        assertThat(store().replies().find(bytes(4), act)).isEmpty();
        done(store().members().cut(root(), once(caller(), 5, act.at(), UNTIL, 3)));
        Once kept = once(caller, 6, act.at(), UNTIL, 3).terms().once().orElseThrow();
        done(store().replies().keep(kept, reply("an effect that is had"), new Act(caller, "request", act.at())));
        done(store().members().cut(root(), once(caller, 7, UNTIL, UNTIL.plusSeconds(1), 3)));
    }

    private Act.Actor caller() {
        return new Act.Actor.Member(nouns.id(Kind.ORGANIZATION), nouns.id(Kind.APPLICATION), nouns.id(Kind.CREDENTIAL));
    }

    @Test
    void theReplyToSeveralTransactionsIsKeptAfterThem() {
        Once once = once(1).terms().once().orElseThrow();
        assertThat(done(store().replies().keep(once, reply("all"), act))).isEqualTo(reply("all"));
        assertThat(store().replies().keep(once, reply("again"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(store().replies().find(bytes(1), act)).map(KeptReply::reply).contains(reply("all"));
    }

    @Test
    void ofManyThatSendTheSameRequestOneHasTheEffect() {
        long generation = store().members().root().orElseThrow().standing().generation();
        List<Stored<Standing>> results =
                race(callers(_ -> () -> store().members().cut(root(), once(1))));
        assertThat(winners(results)).isEqualTo(1);
        assertThat(store().members().root().orElseThrow().standing().generation())
                .isEqualTo(generation + 1);
        assertThat(store().replies().find(bytes(1), act)).isNotEqualTo(Optional.empty());
    }
}
