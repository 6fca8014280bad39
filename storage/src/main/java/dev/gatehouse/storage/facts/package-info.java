/// Facts in memory (law 3): members in cells that point at each other, filled on demand in batches and dropped by
/// the change feed; Apis and the dead set whole. What is held is always read after it was dropped, never set from
/// a change.
@NullMarked
package dev.gatehouse.storage.facts;

import org.jspecify.annotations.NullMarked;
