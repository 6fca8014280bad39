package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.util.Optional;

/// Customers in memory.
record MemoryCustomers(Writes writes) implements CustomerStore {
    @Override
    public Stored<Customer> add(Customer customer, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, customer));
    }

    @Override
    public Stored<Customer> replace(Customer before, Customer after, Act act) {
        return writes.narrow(act, transaction -> Replacements.customer(transaction, before, after));
    }

    @Override
    public Optional<Customer> customer(Id id) {
        return writes.now().customer(id);
    }

    @Override
    public Page<Customer> customers(Id organization, Slice slice) {
        return Pages.read(
                writes.now().customers, one -> one.organization().equals(organization), Customer::name, slice);
    }
}
