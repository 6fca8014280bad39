package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Customer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The customers of organizations. Each verb is one transaction with its audit row and its `change` rows; the
/// verbs on standing are [MemberStore]'s, which take every kind of member.
public interface CustomerStore {
    /// Adds a customer. `Missing` without its organization, `Conflict` when that is revoked or has a customer of
    /// this name.
    Stored<Customer> add(Customer customer, Act act);

    /// Adds those of these customers whose names the organization has no customer of, which is not changed by it:
    /// `Done` with those that were added. `Missing` without the organization, `Conflict` when that is revoked.
    ///
    /// @param customers of this one organization
    Stored<List<Customer>> addNew(Id organization, Collection<Customer> customers, Act act);

    /// Replaces name and window of a customer that is still as it was read; all else of `after` is left out.
    /// `Moved` when its version is no longer `before`'s; `Conflict` for another customer of this name in its
    /// organization, or a revoked one. What differs in nothing is `Done`, without a version or a trace.
    Stored<Customer> replace(Customer before, Customer after, Act act);

    /// One customer.
    Optional<Customer> customer(Id id);

    /// An organization's customer of this name, for the data plane.
    Optional<Customer> customer(Id organization, String name);

    /// Those of these names that an organization has customers of, for the data plane.
    Set<String> known(Id organization, Collection<String> names);

    /// The customers of one organization.
    Page<Customer> customers(Id organization, Slice slice);
}
