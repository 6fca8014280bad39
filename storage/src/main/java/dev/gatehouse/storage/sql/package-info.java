/// The stores: one statement text for SQLite and PostgreSQL, the mapping between rows and nouns, and the audit
/// row of every write.
@NullMarked
package dev.gatehouse.storage.sql;

import org.jspecify.annotations.NullMarked;
