package dev.gatehouse.dialect.model;

import dev.gatehouse.core.limit.Rate;

/// How often an operation may be done.
///
/// @param together whether by all of an organization together, rather than by each credential
public record OperationRate(Rate rate, boolean together) {}
