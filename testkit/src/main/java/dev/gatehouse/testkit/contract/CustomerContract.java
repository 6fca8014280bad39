package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The customers of organizations. What every member has in common is in [StandingContract].
public abstract class CustomerContract extends StoreContract {
    private static final Window UNTIL = Window.until(Nouns.NOW.plus(Duration.ofDays(1)));

    private CustomerStore customers() {
        return store().customers();
    }

    private Organization organization() {
        return done(store().members().add(nouns.organization(root(), "Child"), act));
    }

    private Customer customer(Id organization, String name) {
        return done(customers().add(nouns.customer(organization, name), act));
    }

    private static Customer with(Customer it, String name, Window window) {
        Standing from = it.standing();
        Standing to = new Standing(from.holds(), from.revoked(), from.generation(), window, from.version());
        return new Customer(it.id(), it.organization(), name, to, it.createdAt());
    }

    private Subject subject(Id customer) {
        return switch (store().facts().loadSubject(customer)) {
            case Look.Known<Subject>(Subject subject) -> subject;
            case Look.Absent<Subject>() -> throw new AssertionError("no such customer");
            case Look.Cold<Subject>() -> throw new AssertionError("loadSubject answered cold");
        };
    }

    private long audited(String verb, Id target) {
        return trail().stream()
                .filter(row -> row.verb().equals(verb) && row.target().equals(Optional.of(target)))
                .count();
    }

    @Test
    void whatIsAddedIsReadBackAsItWasAndAuditedOnce() {
        int before = trail().size();
        Customer customer = nouns.customer(root(), "Ünïçode \uD83D\uDE00 'name'");
        assertThat(done(customers().add(customer, act))).isEqualTo(customer);
        assertThat(customers().customer(customer.id())).contains(customer);
        audited(before, "customer.add", customer.id());
        assertThat(trail().getFirst().detail()).isEqualTo("{}");
        assertThat(trail().getFirst().organization()).contains(root());
        assertThat(customers().customer(nouns.id(Kind.CUSTOMER))).isEmpty();
        assertThat(customers().customer(new Id(Kind.APPLICATION, customer.id().value())))
                .as("an id of another kind")
                .isEmpty();
    }

    @Test
    void whatIsNotAddedLeavesNoTrace() {
        Organization gone = organization();
        done(store().members().revoke(gone.id(), act));
        Customer there = customer(root(), "4711");
        int before = trail().size();
        Customer twin = nouns.customer(root(), "4711");
        assertThat(customers().add(twin, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(customers().add(there, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(customers().add(nouns.customer(nouns.id(Kind.ORGANIZATION), "x"), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(customers().add(nouns.customer(gone.id(), "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(customers().customer(twin.id())).isEmpty();
        assertThat(trail()).hasSize(before);
        assertThatThrownBy(() -> customers().add(nouns.customer(root(), " x"), act))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameIsUniqueInItsOrganizationOnlyAndComparedExactly() {
        Organization child = organization();
        for (String name : List.of("4711", "a", "A", "á", "a%", "a_")) {
            customer(root(), name);
            customer(child.id(), name);
        }
    }

    @Test
    void ofManyThoseWithNewNamesAreAddedTogether() {
        Organization child = organization();
        Customer there = customer(child.id(), "c7");
        customer(root(), "c8");
        List<Customer> asked = IntStream.range(0, 200)
                .mapToObj(i -> nouns.customer(child.id(), "c" + i))
                .toList();
        int before = trail().size();
        assertThat(done(customers().addNew(child.id(), asked, act)))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().filter(one -> !one.name().equals("c7")).toList());
        assertThat(trail()).hasSize(before + 199);
        assertThat(subject(asked.get(8).id()).customer()).isEqualTo(asked.get(8));
        assertThat(customers().customer(child.id(), "c7")).contains(there);
        assertThat(customers().customer(child.id(), "c8")).contains(asked.get(8));
        assertThat(done(customers().addNew(child.id(), asked, act))).isEmpty();
        assertThat(trail()).hasSize(before + 199);
        List<String> names = new ArrayList<>(asked.stream().map(Customer::name).toList());
        names.addAll(List.of("C7", "c200", " c7", ""));
        assertThat(customers().known(child.id(), names))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().map(Customer::name).toList());
        assertThat(customers().known(root(), List.of("c7", "c8"))).containsExactly("c8");
        assertThat(customers().known(root(), List.of())).isEmpty();
        assertThat(customers().customer(root(), "c7")).isEmpty();
    }

    @Test
    void anOrganizationThatIsGoneGetsNoNewOnes() {
        Organization gone = organization();
        done(store().members().revoke(gone.id(), act));
        int before = trail().size();
        Customer late = nouns.customer(gone.id(), "late");
        assertThat(customers().addNew(gone.id(), List.of(late), act)).isInstanceOf(Stored.Conflict.class);
        Id nowhere = nouns.id(Kind.ORGANIZATION);
        assertThat(customers().addNew(nowhere, List.of(nouns.customer(nowhere, "x")), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void ofManyWhoAddTheSameOnesEachIsAddedOnce() {
        List<List<Customer>> all = IntStream.range(0, CALLERS)
                .mapToObj(i -> IntStream.range(0, 20)
                        .mapToObj(j -> nouns.customer(root(), "c" + (i % 2 == 0 ? j : 19 - j)))
                        .toList())
                .toList();
        assertThat(winners(race(callers(i -> () -> customers().addNew(root(), all.get(i), act)))))
                .isEqualTo(CALLERS);
        assertThat(trail()).filteredOn(row -> row.verb().equals("customer.add")).hasSize(20);
    }

    @Test
    void nameAndWindowAreReplacedOnceAndAudited() {
        Customer customer = customer(root(), "4711");
        int before = trail().size();
        Customer renamed = done(customers().replace(customer, with(customer, "4712", UNTIL), act));
        audited(before, "customer.replace", customer.id());
        assertThat(trail().getFirst().detail())
                .as("what tells of a person is not in it")
                .isEqualTo("{\"changed\":\"name\","
                        + "\"expires_at\":\"2026-01-02T00:00:00.123456Z\",\"expires_at_before\":\"\"}");
        assertThat(renamed).isEqualTo(customers().customer(customer.id()).orElseThrow());
        assertThat(renamed.standing().version()).isEqualTo(1);
        assertThat(subject(customer.id()).customer()).isEqualTo(renamed);
        assertThat(done(customers().replace(renamed, renamed, act))).isEqualTo(renamed);
        assertThat(customers().replace(customer, with(customer, "4713", UNTIL), act))
                .isInstanceOf(Stored.Moved.class);
        customer(root(), "4713");
        assertThat(customers().replace(renamed, with(renamed, "4713", UNTIL), act))
                .isInstanceOf(Stored.Conflict.class);
        Customer stranger = nouns.customer(root(), "x");
        assertThat(customers().replace(stranger, with(stranger, "y", UNTIL), act))
                .isInstanceOf(Stored.Missing.class);
        done(store().members().revoke(customer.id(), act));
        assertThat(customers().replace(renamed, with(renamed, "4714", UNTIL), act))
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void everyWriteIsAppliedToTheFactsBeforeItIsAnswered() {
        Organization child = organization();
        Customer customer = nouns.customer(child.id(), "4711");
        assertThat(store().facts().loadSubject(customer.id())).isInstanceOf(Look.Absent.class);
        done(customers().add(customer, act));
        assertThat(subject(customer.id())).isEqualTo(new Subject(customer, List.of(child, installed.root())));
        done(store().members().hold(customer.id(), Hold.OWNER, act));
        assertThat(subject(customer.id()).customer().standing().holds()).containsExactly(Hold.OWNER);
        done(store().members().cut(customer.id(), act));
        assertThat(subject(customer.id()).customer().standing().generation()).isEqualTo(1);
        done(store().members().hold(child.id(), Hold.OWNER, act));
        assertThat(subject(customer.id()).chain().getFirst().standing().holds()).containsExactly(Hold.OWNER);
        done(store().members().revoke(customer.id(), act));
        assertThat(subject(customer.id()).customer().standing().revoked()).isTrue();
    }

    @Test
    void aListIsThatOfOneOrganizationPagedCountedAndFilteredByName() {
        Organization child = organization();
        Customer other = customer(child.id(), "c1");
        List<Customer> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            all.add(customer(root(), "c" + i));
        }
        all.sort(Comparator.comparing(one -> one.id().value(), Long::compareUnsigned));
        assertThat(customers().customers(root(), Slice.first(10)).items()).isEqualTo(all);
        assertThat(customers().customers(root(), Slice.first(5).after(all.get(2).id())))
                .isEqualTo(new Page<>(all.subList(3, 8), true));
        assertThat(customers().customers(root(), new Slice(Optional.empty(), 6, 6, Optional.empty(), true)))
                .isEqualTo(new Page<>(all.subList(6, 9), false, Optional.of(9L)));
        assertThat(customers().customers(child.id(), new Slice(Optional.empty(), 0, 6, Optional.of("c1"), true)))
                .isEqualTo(new Page<>(List.of(other), false, Optional.of(1L)));
    }

    @Test
    void ofManyWithOneNameOneIsAdded() {
        List<Customer> twins = IntStream.range(0, CALLERS)
                .mapToObj(_ -> nouns.customer(root(), "twin"))
                .toList();
        assertThat(winners(race(callers(i -> () -> customers().add(twins.get(i), act)))))
                .isEqualTo(1);
        assertThat(trail()).filteredOn(row -> row.verb().equals("customer.add")).hasSize(1);
    }

    @Test
    void ofManyThatReadTheSameStateOneReplacesIt() {
        Customer customer = customer(root(), "4711");
        assertThat(winners(race(callers(i ->
                        () -> customers().replace(customer, with(customer, "n" + i, UNTIL), act)))))
                .isEqualTo(1);
        assertThat(audited("customer.replace", customer.id())).isEqualTo(1);
    }

    @Test
    void cutsHoldsAndARevokeInAnyOrderLeaveARevokedCustomerThatStaysSo() {
        Customer customer = customer(root(), "4711");
        List<Callable<Stored<Standing>>> callers = new ArrayList<>(callers(i -> i % 2 == 0
                ? () -> store().members().cut(customer.id(), act)
                : () -> store().members().hold(customer.id(), Hold.OWNER, act)));
        callers.add(() -> store().members().revoke(customer.id(), act));
        assertThat(race(callers).getLast()).isInstanceOf(Stored.Done.class);
        Standing last = subject(customer.id()).customer().standing();
        assertThat(last.revoked()).isTrue();
        assertThat(audited("customer.revoke", customer.id())).isEqualTo(1);
        assertThat(audited("customer.cut", customer.id())).isEqualTo(last.generation());
    }

    @Test
    void noCutIsLost() {
        Customer customer = customer(root(), "4711");
        race(callers(_ -> () -> store().members().cut(customer.id(), act)));
        assertThat(subject(customer.id()).customer().standing().generation()).isEqualTo(CALLERS);
    }
}
