package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import java.util.List;

/// A customer and the way up from it.
record CustomerFact(Customer customer, Cell<OrganizationFact> organization) {
    /// The customer with all above it.
    Look<Subject> walk() {
        List<Organization> chain = OrganizationTree.up(organization);
        return chain.isEmpty() ? new Look.Cold<>() : new Look.Known<>(new Subject(customer, chain));
    }
}
