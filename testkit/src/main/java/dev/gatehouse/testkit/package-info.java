/// What the tests of several modules share: a clock to turn by hand, the store contract, a store in memory, a
/// real PostgreSQL. Never part of a release.
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
