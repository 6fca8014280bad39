package dev.gatehouse.dialect.model;

/// A rule of Gatehouse's that this dialect does not keep, because its callers cannot.
///
/// @param rule the case that asks for it, such as `C02`
/// @param why what the provider documents
/// @param instead what protects the callers all the same
public record Waiver(String rule, String why, String instead) {}
