package dev.gatehouse.server.config;

/// One value as it was written, and where.
///
/// @param origin for people: `gatehouse.yaml:12`, `environment GATEHOUSE_DATA`, `--set data`
record Setting(String value, String origin) {}
