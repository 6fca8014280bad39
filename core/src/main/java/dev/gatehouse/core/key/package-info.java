/// Generated keys: their text, with an id to look up by, randomness of their own, and a keyed check that stops
/// forgeries without I/O.
package dev.gatehouse.core.key;
