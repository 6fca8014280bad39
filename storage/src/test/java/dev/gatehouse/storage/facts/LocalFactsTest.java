package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Dead;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Facts over a database that this process has for itself.
class LocalFactsTest {
    private static final FactBounds BOUNDS = new FactBounds(1_000, 200, 100, 64, 10);

    private final Table table = new Table();
    private final Organization root = table.organization(1, Optional.empty());
    private final Organization customer = table.organization(2, Optional.of(root.id()));
    private final Role role = table.role(1, root);
    private final Application application = table.application(1, customer, Optional.of(role.id()));
    private final Credential credential = table.credential(1, application);
    private final Clock clock = new Clock();
    private final MemoryFacts memory = new MemoryFacts(table, BOUNDS, () -> 0, clock);
    private final FactSource facts = new LiveSource(memory, new AlwaysFresh());

    private static final class Clock implements InstantSource {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class AlwaysFresh implements Freshness {
        @Override
        public boolean fresh(long arrivedNanos) {
            return true;
        }

        @Override
        public void catchUp() {}
    }

    private void apply(Id... changed) {
        memory.apply(List.of(changed).stream().map(Change::of).toList());
    }

    private static Members known(Look<Members> look) {
        assertThat(look).isInstanceOf(Look.Known.class);
        return ((Look.Known<Members>) look).value();
    }

    @Test
    void aFactIsColdThenLoadedThenWarm() {
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Cold.class);
        Members loaded = known(facts.load(credential.id()));
        assertThat(loaded).isEqualTo(new Members(credential, application, Optional.of(role), List.of(customer, root)));
        int queries = table.queries.get();
        assertThat(known(facts.members(credential.id()))).isEqualTo(loaded);
        assertThat(table.queries).hasValue(queries);
    }

    @Test
    void anApplicationWithoutARoleHasNone() {
        Credential other = table.credential(2, table.application(2, root, Optional.empty()));
        assertThat(known(facts.load(other.id())).role()).isEmpty();
        assertThat(known(facts.load(other.id())).chain()).containsExactly(root);
    }

    @Test
    void aChangeAnywhereAboveIsSeenByAllBelowAtOnce() {
        Credential second = table.credential(2, application);
        facts.load(credential.id());
        facts.load(second.id());
        table.hold(root);
        apply(root.id());
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.members(second.id())).isInstanceOf(Look.Cold.class);
        for (Credential one : List.of(credential, second)) {
            assertThat(known(facts.load(one.id())).chain().getLast().standing().holds())
                    .containsExactly(Hold.OWNER);
            assertThat(facts.members(one.id())).isInstanceOf(Look.Known.class);
        }
    }

    @Test
    void aRefillBelowOneMemberServesItsSiblingsToo() {
        Credential second = table.credential(2, application);
        facts.load(credential.id());
        facts.load(second.id());
        apply(application.id(), role.id(), customer.id());
        facts.load(second.id());
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Known.class);
    }

    @Test
    void whatIsAbsentIsAFactUntilItIsAdded() {
        Id missing = new Id(Kind.CREDENTIAL, 77);
        assertThat(facts.load(missing)).isInstanceOf(Look.Absent.class);
        assertThat(facts.members(missing)).isInstanceOf(Look.Absent.class);
        table.credential(77, application);
        apply(missing, application.id());
        assertThat(facts.load(missing)).isInstanceOf(Look.Known.class);
    }

    @Test
    void anAnswerThatAChangeOvertookIsAskedForAgain() {
        table.overtakeTheNextAnswer(() -> {
            table.hold(credential);
            apply(credential.id());
        });
        assertThat(known(facts.load(credential.id())).credential().standing().holds())
                .containsExactly(Hold.OWNER);
        assertThat(known(facts.members(credential.id())).credential().standing().holds())
                .containsExactly(Hold.OWNER);
    }

    @Test
    void anAbsenceThatAnAdditionOvertookIsAskedForAgain() {
        Id late = new Id(Kind.CREDENTIAL, 77);
        table.overtakeTheNextAnswer(() -> {
            table.credential(77, application);
            apply(late, application.id());
        });
        assertThat(facts.load(late)).isInstanceOf(Look.Known.class);
    }

    @Test
    void anOrganizationThatAChangeOvertookIsNotKept() {
        AtomicInteger answers = new AtomicInteger();
        table.beforeTheAnswerArrives = () -> {
            // Credentials, applications, roles, organizations: the fourth answer has read the organization.
            if (answers.incrementAndGet() == 4) {
                table.hold(customer);
                apply(customer.id());
            }
        };
        assertThat(known(facts.load(credential.id())).organization().standing().holds())
                .containsExactly(Hold.OWNER);
    }

    @Test
    void factsThatChangeFasterThanTheyAreReadAreUnavailable() {
        table.beforeTheAnswerArrives = () -> apply(credential.id());
        assertThatThrownBy(() -> facts.load(credential.id())).isInstanceOf(FactsUnavailable.class);
    }

    @Test
    void aListOfSecretsFollowsItsApplication() {
        assertThat(facts.secretsOf("client1")).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadSecretsOf("client1")).isEqualTo(new Look.Known<>(List.of(credential.id())));
        Credential second = table.credential(2, application);
        apply(second.id(), application.id());
        assertThat(facts.secretsOf("client1")).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadSecretsOf("client1")).isEqualTo(new Look.Known<>(List.of(credential.id(), second.id())));
        assertThat(facts.secretsOf("client1")).isInstanceOf(Look.Known.class);
    }

    @Test
    void aListOfSecretsThatAChangeOvertookIsAskedForAgain() {
        table.overtakeTheNextAnswer(() -> {
            table.credential(2, application);
            apply(new Id(Kind.CREDENTIAL, 2), application.id());
        });
        assertThat(facts.loadSecretsOf("client1"))
                .isEqualTo(new Look.Known<>(List.of(credential.id(), new Id(Kind.CREDENTIAL, 2))));
    }

    @Test
    void anUnknownClientIsAbsentUntilItIsAdded() {
        assertThat(facts.loadSecretsOf("client9")).isInstanceOf(Look.Absent.class);
        assertThat(facts.secretsOf("client9")).isInstanceOf(Look.Absent.class);
        Application added = table.application(9, customer, Optional.empty());
        apply(added.id());
        assertThat(facts.loadSecretsOf("client9")).isEqualTo(new Look.Known<>(List.of()));
    }

    @Test
    void anUnknownClientThatAnAdditionOvertookIsAskedForAgain() {
        table.overtakeTheNextAnswer(
                () -> apply(table.application(9, customer, Optional.empty()).id()));
        assertThat(facts.loadSecretsOf("client9")).isInstanceOf(Look.Known.class);
    }

    @Test
    void theChangesOfOneTransactionAppearTogether() {
        facts.load(credential.id());
        AtomicBoolean first = new AtomicBoolean(true);
        Look<List<Members>> both = memory.members.together(() -> {
            Members before = known(memory.members.members(credential.id()));
            if (first.getAndSet(false)) {
                table.hold(credential);
                table.hold(root);
                apply(credential.id(), root.id());
                facts.load(credential.id());
            }
            return new Look.Known<>(List.of(before, known(memory.members.members(credential.id()))));
        });
        assertThat(((Look.Known<List<Members>>) both).value())
                .allSatisfy(members -> assertThat(
                                members.chain().getLast().standing().holds())
                        .isEqualTo(members.credential().standing().holds())
                        .containsExactly(Hold.OWNER));
    }

    /// GAUNTLET M05.
    @Test
    void aFloodOfUnknownIdsFillsOnlyItsOwnSmallCache() {
        facts.load(credential.id());
        facts.loadSecretsOf("client1");
        for (int i = 1_000; i < 101_000; i++) {
            assertThat(facts.load(new Id(Kind.CREDENTIAL, i))).isInstanceOf(Look.Absent.class);
            assertThat(facts.loadSubject(new Id(Kind.CUSTOMER, i))).isInstanceOf(Look.Absent.class);
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(facts.loadSecretsOf("nobody" + i)).isInstanceOf(Look.Absent.class);
        }
        assertThat(memory.members.sizes()).isEqualTo(new FactCache.Sizes(1, 0, 1, 3L * BOUNDS.absent()));
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Known.class);
        assertThat(facts.secretsOf("client1")).isInstanceOf(Look.Known.class);
    }

    @Test
    void presentEntriesAreBoundedToo() {
        for (int i = 2; i < 5_000; i++) {
            Application one = table.application(i, customer, Optional.of(role.id()));
            table.credential(i, one);
            assertThat(known(facts.load(new Id(Kind.CREDENTIAL, i))).application())
                    .isEqualTo(one);
            assertThat(facts.loadSecretsOf(one.clientId())).isInstanceOf(Look.Known.class);
            assertThat(facts.loadSubject(table.customer(i, customer).id())).isInstanceOf(Look.Known.class);
        }
        assertThat(memory.members.sizes())
                .isEqualTo(new FactCache.Sizes(BOUNDS.credentials(), BOUNDS.customers(), BOUNDS.clients(), 0));
    }

    @Test
    void aNameTooLongToBeOneIsNotRemembered() {
        assertThat(facts.loadSecretsOf("x".repeat(257))).isInstanceOf(Look.Absent.class);
        assertThat(facts.secretsOf("x".repeat(257))).isInstanceOf(Look.Cold.class);
    }

    @Test
    void droppingEverythingLeavesNothingThatWasReadBefore() {
        facts.load(credential.id());
        facts.loadSecretsOf("client1");
        memory.members.dropAll();
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.secretsOf("client1")).isInstanceOf(Look.Cold.class);
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
        table.dead.add(new Dead(loaded, Instant.EPOCH.plusSeconds(600)));
        memory.restart();
        apply(told);
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

    @Test
    void everyApplicationOfChangesCounts() {
        long before = facts.applied();
        apply(root.id());
        apply(credential.id(), role.id());
        assertThat(facts.applied()).isEqualTo(before + 2);
    }
}
