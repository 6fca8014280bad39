package dev.gatehouse.connect.platform;

/// Where a platform says for how long it wants to be left alone, when not in `Retry-After`.
///
/// @param header its name
/// @param moment whether it is a moment, in seconds since 1970, and not a number of seconds from now
public record RetryHint(String header, boolean moment) {}
