package dev.gatehouse.core.token;

/// The generations of everything above a token at the moment it was issued.
///
/// @param credential of the credential that it was issued to
/// @param member of the application
/// @param customer of the customer on whose behalf it is; zero without one
/// @param organizations summed along the chain from the organization to the root
public record Generations(long credential, long member, long customer, long organizations) {}
