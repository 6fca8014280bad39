/// What every store must do, as tests to inherit: the same for every database.
@NullMarked
package dev.gatehouse.testkit.contract;

import org.jspecify.annotations.NullMarked;
