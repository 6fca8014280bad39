package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Dead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Facts are bounded in number, whoever asks for what, and the dead are kept whole (GAUNTLET M05).
class LocalFactsBoundsTest extends LocalFactsFixture {
    /// GAUNTLET M05.
    @Test
    void aFloodOfUnknownIdsFillsOnlyItsOwnSmallCache() {
        facts.load(credential.id());
        facts.loadCredentialsOf("client1");
        for (int i = 1_000; i < 101_000; i++) {
            assertThat(facts.load(new Id(Kind.CREDENTIAL, i))).isInstanceOf(Look.Absent.class);
            assertThat(facts.loadSubject(new Id(Kind.CUSTOMER, i))).isInstanceOf(Look.Absent.class);
            assertThat(facts.loadOrganization(new Id(Kind.ORGANIZATION, i))).isInstanceOf(Look.Absent.class);
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(facts.loadCredentialsOf("nobody" + i)).isInstanceOf(Look.Absent.class);
        }
        assertThat(memory.members.sizes()).isEqualTo(new FactCache.Sizes(1, 0, 1, 0, 4L * BOUNDS.absent()));
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Known.class);
        assertThat(facts.credentialsOf("client1")).isInstanceOf(Look.Known.class);
    }

    @Test
    void presentEntriesAreBoundedToo() {
        for (int i = 2; i < 5_000; i++) {
            Application one = table.application(i, customer, Optional.of(role.id()));
            table.credential(i, one);
            assertThat(known(facts.load(new Id(Kind.CREDENTIAL, i))).holder()).isEqualTo(one);
            assertThat(facts.loadCredentialsOf(one.clientId())).isInstanceOf(Look.Known.class);
            assertThat(facts.loadSubject(table.customer(i, customer).id())).isInstanceOf(Look.Known.class);
            Organization below = table.organization(i + 1, Optional.of(customer.id()));
            assertThat(facts.loadOrganization(below.id())).isInstanceOf(Look.Known.class);
        }
        assertThat(memory.members.sizes())
                .isEqualTo(new FactCache.Sizes(
                        BOUNDS.credentials(), BOUNDS.customers(), BOUNDS.clients(), BOUNDS.organizations(), 0));
    }

    @Test
    void aNameTooLongToBeOneIsNotRemembered() {
        assertThat(facts.loadCredentialsOf("x".repeat(257))).isInstanceOf(Look.Absent.class);
        assertThat(facts.credentialsOf("x".repeat(257))).isInstanceOf(Look.Cold.class);
    }

    @Test
    void droppingEverythingLeavesNothingThatWasReadBefore() {
        facts.load(credential.id());
        facts.loadCredentialsOf("client1");
        memory.members.dropAll();
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.credentialsOf("client1")).isInstanceOf(Look.Cold.class);
        table.overtakeTheNextAnswer(() -> {
            table.hold(credential);
            memory.members.dropAll();
        });
        assertThat(known(facts.load(credential.id())).credential().standing().holds())
                .isNotEmpty();
    }

    @Test
    void theDeadStayDeadUntilTheyWouldHaveExpired() {
        Id loaded = new Id(Kind.TOKEN, 1);
        Id told = new Id(Kind.TOKEN, 2);
        Id dated = new Id(Kind.TOKEN, 4);
        table.dead.add(new Dead(loaded, Instant.EPOCH.plusSeconds(600)));
        memory.restart();
        apply(told);
        memory.apply(List.of(Change.ended(dated, Instant.EPOCH.plusSeconds(900))));
        assertThat(facts.dead(loaded)).isTrue();
        assertThat(facts.dead(told)).isTrue();
        assertThat(facts.dead(new Id(Kind.TOKEN, 3))).isFalse();
        clock.now = Instant.EPOCH.plusSeconds(600);
        memory.dead.sweep();
        assertThat(facts.dead(loaded)).as("a minute of skew").isTrue();
        clock.now = Instant.EPOCH.plusSeconds(660);
        memory.dead.sweep();
        assertThat(facts.dead(loaded)).isFalse();
        assertThat(facts.dead(told))
                .as("its expiry is not known, so the longest")
                .isTrue();
        assertThat(facts.dead(dated)).isTrue();
        clock.now = Instant.EPOCH.plusSeconds(960);
        memory.dead.sweep();
        assertThat(facts.dead(dated)).as("no longer than its own life").isFalse();
        clock.now = Instant.EPOCH.plus(Duration.ofHours(25));
        memory.dead.sweep();
        assertThat(facts.dead(told)).isFalse();
    }

    @Test
    void aDeadSetPastItsBoundRefusesTheStart() {
        for (int i = 1; i <= 11; i++) {
            table.dead.add(new Dead(new Id(Kind.TOKEN, i), Instant.EPOCH.plusSeconds(600)));
        }
        assertThatThrownBy(memory::restart).isInstanceOf(FactsUnavailable.class);
    }
}
