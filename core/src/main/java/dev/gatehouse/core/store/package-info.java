/// Storage as protocol verbs. Implementations: SQLite and PostgreSQL (module `storage`) and memory (module
/// `testkit`); all pass one contract suite. Every verb is one transaction; single uses and state changes are
/// single conditional writes.
package dev.gatehouse.core.store;
