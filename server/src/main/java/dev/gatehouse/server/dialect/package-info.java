/// Serves the Apis whose dialect is not the built-in one: reads their requests and writes their replies by the
/// dialect's file ([dev.gatehouse.server.dialect.ServedDialect]), and does what its endpoints ask for
/// ([dev.gatehouse.server.dialect.Operating]) with the same issuer, verifier and stores as everything else.
package dev.gatehouse.server.dialect;
