package dev.gatehouse.core.decide;

import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import java.util.List;

/// The customer that an application acts for and everything above it, read together in one moment.
///
/// @param chain the customer's organization first, the root last
public record Subject(Customer customer, List<Organization> chain) {
    /// What an application must hold at an Api, through its role and its credential, to act for customers there.
    /// An Api whose catalogue does not have it takes nobody who acts for another.
    public static final String SCOPE = "tokens:delegate";
}
