package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Customers in SQL.
final class SqlCustomers implements CustomerStore {
    private static final Pages<Customer> CUSTOMERS =
            new Pages<>("customer", Columns.CUSTOMER, "organization", Columns::customer);

    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;
    private final Replacements replacements;

    SqlCustomers(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.replacements = new Replacements(writes);
    }

    @Override
    public Stored<Customer> add(Customer customer, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Optional<Stored<Customer>> closed = closed(transaction.session(), customer.organization());
            if (closed.isPresent()) {
                return closed.get();
            }
            return added(transaction, customer)
                    ? new Stored.Done<>(
                            one(transaction.session(), customer.id()).orElseThrow())
                    : new Stored.Conflict<>("the organization has a customer of this name");
        });
    }

    @Override
    public Stored<List<Customer>> addNew(Id organization, Collection<Customer> customers, Act act) {
        // Of two that add the same customers neither waits for one that the other has.
        List<Customer> inOrder =
                customers.stream().sorted(Comparator.comparing(Customer::name)).toList();
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Optional<Stored<List<Customer>>> closed = closed(transaction.session(), organization);
            return closed.orElseGet(() -> new Stored.Done<>(inOrder.stream()
                    .filter(customer -> added(transaction, customer))
                    .toList()));
        });
    }

    /// Why an organization takes no customers.
    private static <T> Optional<Stored<T>> closed(Session session, Id organization) {
        Optional<Boolean> revoked = session.one(
                "SELECT revoked FROM organization WHERE id = ?", row -> row.flag("revoked"), Ids.of(organization));
        if (revoked.isEmpty()) {
            return Optional.of(new Stored.Missing<>());
        }
        return revoked.get() ? Optional.of(new Stored.Conflict<>("the organization is revoked")) : Optional.empty();
    }

    private static boolean added(Transaction transaction, Customer customer) {
        if (!Insert.customer(transaction.session(), customer)) {
            return false;
        }
        transaction.changed(customer.id());
        transaction.audit("customer.add", Optional.of(customer.organization()), customer.id(), Detail.none());
        return true;
    }

    @Override
    public Stored<Customer> replace(Customer before, Customer after, Act act) {
        return replacements.customer(before, after, act);
    }

    @Override
    public Optional<Customer> customer(Id id) {
        return db.read(Lane.ADMIN, session -> one(session, id));
    }

    private static Optional<Customer> one(Session session, Id id) {
        return id.kind() == Kind.CUSTOMER
                ? session.one(
                        "SELECT " + Columns.CUSTOMER + " FROM customer WHERE id = ?", Columns::customer, Ids.of(id))
                : Optional.empty();
    }

    @Override
    public Optional<Customer> customer(Id organization, String name) {
        return Text.name(name)
                ? db.read(
                        Lane.VERIFY,
                        session -> session.one(
                                "SELECT " + Columns.CUSTOMER + " FROM customer WHERE organization = ? AND name = ?",
                                Columns::customer,
                                Ids.of(organization),
                                name))
                : Optional.empty();
    }

    @Override
    public Set<String> known(Id organization, Collection<String> names) {
        List<String> possible = names.stream().filter(Text::name).distinct().toList();
        return db.read(Lane.VERIFY, session -> {
            Set<String> known = new HashSet<>();
            for (int i = 0; i < possible.size(); i += Ids.WIDEST) {
                known.addAll(known(
                        session, organization, possible.subList(i, Math.min(i + Ids.WIDEST, possible.size()))));
            }
            return known;
        });
    }

    private static List<String> known(Session session, Id organization, List<String> names) {
        List<Object> parameters = new ArrayList<>(List.of(Ids.of(organization)));
        parameters.addAll(List.of(Ids.padded(List.copyOf(names))));
        return session.list(
                "SELECT name FROM customer WHERE organization = ? AND name IN " + Ids.in(names.size()),
                row -> row.text("name"),
                parameters.toArray());
    }

    @Override
    public Page<Customer> customers(Id organization, Slice slice) {
        return CUSTOMERS.read(db, organization, slice);
    }
}
