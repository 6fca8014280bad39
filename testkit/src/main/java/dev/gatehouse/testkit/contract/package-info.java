/// What every store must do, as tests to inherit: the same for memory, SQLite and PostgreSQL.
@NullMarked
package dev.gatehouse.testkit.contract;

import org.jspecify.annotations.NullMarked;
