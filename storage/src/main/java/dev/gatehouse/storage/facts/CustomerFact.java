package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Customer;

/// A customer and the way up from it.
record CustomerFact(Customer customer, Cell<OrganizationFact> organization) {}
