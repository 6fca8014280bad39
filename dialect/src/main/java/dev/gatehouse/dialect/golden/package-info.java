/// Golden files: recorded requests with what a dialect reads in them and the reply that it writes, beside the
/// dialect file. They are the proof that a dialect is what a provider's customers know
/// ([dev.gatehouse.dialect.golden.GoldenRun]).
package dev.gatehouse.dialect.golden;
