/// The nouns and the pure decisions about them: what a credential is, who stands above it, and whether a request may
/// pass. No I/O.
@NullMarked
package dev.gatehouse.core;

import org.jspecify.annotations.NullMarked;
