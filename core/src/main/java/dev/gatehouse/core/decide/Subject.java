package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import java.util.List;

/// The customer that an application acts for and everything above it, read together in one moment.
///
/// @param chain the customer's organization first, the root last
public record Subject(Customer customer, List<Organization> chain) {}
