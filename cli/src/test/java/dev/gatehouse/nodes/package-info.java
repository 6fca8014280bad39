/// Several real nodes on one PostgreSQL, each a process of its own, and what is promised of them while they are
/// killed, paused, cut off and misled about the time.
@NullMarked
package dev.gatehouse.nodes;

import org.jspecify.annotations.NullMarked;
