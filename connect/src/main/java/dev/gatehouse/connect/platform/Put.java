package dev.gatehouse.connect.platform;

/// Where a part of a credential goes on a call.
public sealed interface Put {
    /// A header.
    record Header(String name, Template value) implements Put {}

    /// A parameter of the query.
    record Query(String name, Template value) implements Put {}

    /// The Basic scheme of the Authorization header (RFC 7617).
    record Basic(Template user, Template password) implements Put {}
}
