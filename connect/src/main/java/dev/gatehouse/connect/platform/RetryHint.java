package dev.gatehouse.connect.platform;

import java.util.Optional;

/// Where a platform whose limit is used up says for how long it wants to be left alone, when not in `Retry-After`.
///
/// @param header its name
/// @param moment whether it is a moment, in seconds since 1970, and not a number of seconds from now
/// @param left the header that says how many calls are left, of platforms that answer 403 when none is
public record RetryHint(String header, boolean moment, Optional<String> left) {}
