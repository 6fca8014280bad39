package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.CustomerStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Customers in memory.
record MemoryCustomers(Writes writes) implements CustomerStore {
    @Override
    public Stored<Customer> add(Customer customer, Act act) {
        return writes.run(act, transaction -> Additions.add(transaction, customer));
    }

    @Override
    public Stored<List<Customer>> addNew(Id organization, Collection<Customer> customers, Act act) {
        return writes.run(act, transaction -> Additions.addNew(transaction, organization, customers));
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
    public Optional<Customer> customer(Id organization, String name) {
        return writes.now().customers.values().stream()
                .filter(one -> one.organization().equals(organization))
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    @Override
    public Set<String> known(Id organization, Collection<String> names) {
        return names.stream()
                .filter(name -> customer(organization, name).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Page<Customer> customers(Id organization, Slice slice) {
        return Pages.read(
                writes.now().customers, one -> one.organization().equals(organization), Customer::name, slice);
    }
}
