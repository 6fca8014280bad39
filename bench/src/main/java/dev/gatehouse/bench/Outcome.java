package dev.gatehouse.bench;

/// What a load generator saw.
///
/// @param requests that were answered; of [journeys][Journey] how many came to their end
/// @param failed answers that nobody wanted, and broken connections
/// @param seconds that it ran
/// @param p50Micros median latency, the queue of the connections included
record Outcome(long requests, long failed, double seconds, double p50Micros, double p99Micros) {}
