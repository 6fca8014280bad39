package dev.gatehouse.client;

import java.util.Optional;

/// One thing as the server showed it.
///
/// @param json the whole answer
/// @param etag the mark of this state (RFC 9110 section 8.8.3), which a later write may be made to depend on
public record Shown(Json.Obj json, Optional<String> etag) {}
