package dev.gatehouse.server.dialect;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Store;
import java.util.Optional;

/// Customers by the names that their organizations gave them.
final class Named {
    private Named() {}

    /// The customer of this name. Reads the database.
    static Optional<Customer> customer(Store store, Id organization, String name) {
        Slice byName = new Slice(Optional.empty(), 0, 1, Optional.of(name), false);
        return store.customers().customers(organization, byName).items().stream()
                .findFirst();
    }
}
