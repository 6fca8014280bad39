package dev.gatehouse.oauth.authorize;

/// A scope that a client asks for.
///
/// @param description what the Api's catalogue says of it to people
public record ScopeText(String scope, String description) {}
