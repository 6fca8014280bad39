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
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// Customers in SQL.
final class SqlCustomers implements CustomerStore {
    private static final Pages<Customer> CUSTOMERS =
            new Pages<>("customer", Columns.CUSTOMER, "organization", Columns::customer);

    private final Db db;
    private final Writes writes;
    private final Replacements replacements;

    SqlCustomers(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.replacements = new Replacements(writes);
    }

    @Override
    public Stored<Customer> add(Customer customer, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Boolean> revoked = session.one(
                    "SELECT revoked FROM organization WHERE id = ?",
                    row -> row.flag("revoked"),
                    Ids.of(customer.organization()));
            if (revoked.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (revoked.get()) {
                return new Stored.Conflict<>("the organization is revoked");
            }
            if (!Insert.customer(session, customer)) {
                return new Stored.Conflict<>("the organization has a customer of this name");
            }
            transaction.changed(customer.id());
            transaction.audit("customer.add", Optional.of(customer.organization()), customer.id(), Detail.none());
            return new Stored.Done<>(one(session, customer.id()).orElseThrow());
        });
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
    public Page<Customer> customers(Id organization, Slice slice) {
        return CUSTOMERS.read(db, organization, slice);
    }
}
