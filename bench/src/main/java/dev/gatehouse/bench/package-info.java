/// Measures Gatehouse beside its peers on one machine: every server runs as a process of its own on one core, the
/// load comes from another, and what counts is the server's CPU time for each request.
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
