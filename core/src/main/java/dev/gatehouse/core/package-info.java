/// The heart of Gatehouse: nouns, the one decision, lineage, credential formats and the interfaces of the stores.
/// Pure Java, no I/O.
package dev.gatehouse.core;
