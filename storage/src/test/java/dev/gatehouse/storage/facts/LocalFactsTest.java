package dev.gatehouse.storage.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Facts are read once and follow every change, also one that overtakes the reading.
class LocalFactsTest extends LocalFactsFixture {
    @Test
    void aFactIsColdThenLoadedThenWarm() {
        assertThat(facts.members(credential.id())).isInstanceOf(Look.Cold.class);
        Members loaded = known(facts.load(credential.id()));
        assertThat(loaded)
                .isEqualTo(new Members(credential.lean(), application, Optional.of(role), List.of(customer, root)));
        int queries = table.queries.get();
        assertThat(known(facts.members(credential.id()))).isEqualTo(loaded);
        assertThat(table.queries).hasValue(queries);
    }

    @Test
    void thoseThatAreGatheredAreReadTogether() {
        List<Id> many = LongStream.rangeClosed(2, 3L * FactLoader.MAX_IDS)
                .mapToObj(value -> table.credential(value, application).id())
                .toList();
        facts.gather(many);
        int queries = table.queries.get();
        assertThat(queries)
                .as("three of credentials, and what is above them once")
                .isEqualTo(6);
        for (Id one : many) {
            assertThat(known(facts.members(one)).holder().id()).isEqualTo(application.id());
        }
        facts.gather(many);
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
    void anOrganizationThatIsNamedIsReadOnceAndFollowsChangesAbove() {
        Organization below = table.organization(3, Optional.of(customer.id()));
        assertThat(facts.organization(below.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadOrganization(below.id())).isEqualTo(new Look.Known<>(List.of(below, customer, root)));
        System.gc();
        int queries = table.queries.get();
        assertThat(facts.organization(below.id())).isEqualTo(new Look.Known<>(List.of(below, customer, root)));
        assertThat(table.queries).hasValue(queries);
        table.hold(customer);
        apply(customer.id());
        assertThat(facts.organization(below.id())).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadOrganization(below.id()))
                .isInstanceOfSatisfying(
                        Look.Known.class, known -> assertThat(known.toString()).contains("OWNER"));
        Id missing = new Id(Kind.ORGANIZATION, 77);
        assertThat(facts.loadOrganization(missing)).isInstanceOf(Look.Absent.class);
        table.organization(77, Optional.of(root.id()));
        apply(missing);
        assertThat(facts.loadOrganization(missing)).isInstanceOf(Look.Known.class);
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
        assertThat(facts.credentialsOf("client1")).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadCredentialsOf("client1")).isEqualTo(new Look.Known<>(List.of(credential.id())));
        Credential second = table.credential(2, application);
        apply(second.id(), application.id());
        assertThat(facts.credentialsOf("client1")).isInstanceOf(Look.Cold.class);
        assertThat(facts.loadCredentialsOf("client1"))
                .isEqualTo(new Look.Known<>(List.of(credential.id(), second.id())));
        assertThat(facts.credentialsOf("client1")).isInstanceOf(Look.Known.class);
    }

    @Test
    void aListOfSecretsThatAChangeOvertookIsAskedForAgain() {
        table.overtakeTheNextAnswer(() -> {
            table.credential(2, application);
            apply(new Id(Kind.CREDENTIAL, 2), application.id());
        });
        assertThat(facts.loadCredentialsOf("client1"))
                .isEqualTo(new Look.Known<>(List.of(credential.id(), new Id(Kind.CREDENTIAL, 2))));
    }

    @Test
    void anUnknownClientIsAbsentUntilItIsAdded() {
        assertThat(facts.loadCredentialsOf("client9")).isInstanceOf(Look.Absent.class);
        assertThat(facts.credentialsOf("client9")).isInstanceOf(Look.Absent.class);
        Application added = table.application(9, customer, Optional.empty());
        apply(added.id());
        assertThat(facts.loadCredentialsOf("client9")).isEqualTo(new Look.Known<>(List.of()));
    }

    @Test
    void anUnknownClientThatAnAdditionOvertookIsAskedForAgain() {
        table.overtakeTheNextAnswer(
                () -> apply(table.application(9, customer, Optional.empty()).id()));
        assertThat(facts.loadCredentialsOf("client9")).isInstanceOf(Look.Known.class);
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

    @Test
    void everyApplicationOfChangesCounts() {
        long before = facts.applied();
        apply(root.id());
        apply(credential.id(), role.id());
        assertThat(facts.applied()).isEqualTo(before + 2);
    }
}
