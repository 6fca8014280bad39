/// The store's verbs in memory, for tests that need no database, and the shortest way to read what each verb
/// does. Passes the same contract as the SQL stores.
@NullMarked
package dev.gatehouse.testkit.memory;

import org.jspecify.annotations.NullMarked;
