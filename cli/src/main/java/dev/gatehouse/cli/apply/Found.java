package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;

/// One thing that a server has.
///
/// @param json as the server showed it
/// @param spec its members in normal form
/// @param fixed whether Gatehouse keeps it by itself: the Api and the role that are built in, the application
///     that bootstrap keys belong to
record Found(Key key, String id, Json.Obj json, Json.Obj spec, boolean fixed) {}
