package dev.gatehouse.core.token;

/// The generations of everything above a token at the moment it was issued.
///
/// @param credential of the credential that it was issued to
/// @param member of the application, or of user and membership summed, and of the application that acts for the
///     user
/// @param customer of the customer on whose behalf it is; zero without one
/// @param organizations summed along the chain to the root, from the customer's organization or, without a
///     customer, the member's; of a user both chains, its home's and its membership's, and that of the
///     application that acts for it
public record Generations(long credential, long member, long customer, long organizations) {}
