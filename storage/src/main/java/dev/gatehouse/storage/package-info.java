/// The stores over SQLite and PostgreSQL, their migrations, the change feed, and the caches of facts.
@NullMarked
package dev.gatehouse.storage;

import org.jspecify.annotations.NullMarked;
