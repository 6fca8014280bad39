/// A small facade over plain JDBC: bounded lanes, transactions with group commit (SQLite) or retry
/// (PostgreSQL), and one kind of failure. No `SQLException` leaves this package; what the database cannot do in
/// time is [dev.gatehouse.core.fact.FactsUnavailable].
@NullMarked
package dev.gatehouse.storage.db;

import org.jspecify.annotations.NullMarked;
