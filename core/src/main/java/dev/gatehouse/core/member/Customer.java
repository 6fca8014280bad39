package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;

/// An organization's own end customer, on whose behalf its applications ask for tokens. It proves nothing and has
/// no rights of its own: it says for whom an application acts, and stops what is done for it.
///
/// @param name the organization's own name for it, unique there; a number serves as well as a person's name and
///     tells less
public record Customer(Id id, Id organization, String name, Standing standing, Instant createdAt) {
    /// The same, standing otherwise.
    public Customer with(Standing other) {
        return new Customer(id, organization, name, other, createdAt);
    }
}
