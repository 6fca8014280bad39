package dev.gatehouse.storage.db;

import dev.gatehouse.core.secret.Secret;

/// Where a PostgreSQL is and who we are there.
///
/// @param url a JDBC URL, `jdbc:postgresql://host:port/database`, with whatever TLS options it needs and no
/// password
public record PostgresAddress(String url, String user, Secret password) {}
