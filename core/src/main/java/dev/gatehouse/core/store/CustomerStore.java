package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Customer;
import java.util.Optional;

/// The customers of organizations. Each verb is one transaction with its audit row and its `change` rows; the
/// verbs on standing are [MemberStore]'s, which take every kind of member.
public interface CustomerStore {
    /// Adds a customer. `Missing` without its organization, `Conflict` when that is revoked or has a customer of
    /// this name.
    Stored<Customer> add(Customer customer, Act act);

    /// Replaces name and window of a customer that is still as it was read; all else of `after` is left out.
    /// `Moved` when its version is no longer `before`'s; `Conflict` for another customer of this name in its
    /// organization, or a revoked one. What differs in nothing is `Done`, without a version or a trace.
    Stored<Customer> replace(Customer before, Customer after, Act act);

    /// One customer.
    Optional<Customer> customer(Id id);

    /// The customers of one organization.
    Page<Customer> customers(Id organization, Slice slice);
}
