package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import java.util.Set;

/// Why an operation of the admin API was not done.
sealed interface Problem {
    /// A refusal that every wire format knows.
    record Refused(Refusal refusal) implements Problem {}

    /// The body has a member that the operation does not take.
    record UnknownField(String name) implements Problem {}

    /// The body lacks a member.
    record MissingField(String name) implements Problem {}

    /// A member has a value that it may not have.
    record InvalidField(String name, String allowed) implements Problem {}

    /// A query parameter is unknown, there twice, or has a value that it may not have.
    record InvalidParameter(String name, String allowed) implements Problem {}

    /// A header has a value that it may not have.
    record InvalidHeader(String name, String allowed) implements Problem {}

    /// The noun is not as the caller's preconditions say.
    record PreconditionFailed() implements Problem {}

    /// The caller used this Idempotency-Key for another request.
    record KeyReused() implements Problem {}

    /// Somebody changed the noun between reading and writing it.
    record Moved() implements Problem {}

    /// The body is not `application/json`, or is encoded.
    record UnsupportedType() implements Problem {}

    /// The path is known, the method is not.
    record OtherMethods(Set<String> allowed) implements Problem {}

    /// The request comes out of a web page.
    record FromBrowser() implements Problem {}

    /// The caller would hand out or change more than it holds.
    record Beyond(String what) implements Problem {}

    /// The state of what is stored forbids it.
    record Conflict(String what) implements Problem {}

    /// Nobody would be left who may do everything.
    record LastOwner() implements Problem {}

    /// A bound on what is stored is reached.
    record Full(String what) implements Problem {}

    /// Nothing that this caller may know of.
    Problem NOT_FOUND = new Refused(new Refusal.NotFound());
}
