package dev.gatehouse.dialect.model;

/// A place that must hold exactly this value.
public record Condition(Source source, String value) {}
