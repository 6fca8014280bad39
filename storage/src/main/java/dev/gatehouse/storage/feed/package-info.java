/// How changes travel from the transaction that made them to the facts in every node's memory, and how facts
/// are read (ADR 0001).
@NullMarked
package dev.gatehouse.storage.feed;

import org.jspecify.annotations.NullMarked;
