/// Calls at platforms: a caller's request with a connection's credential on it, at the platform's hosts and
/// nowhere else.
package dev.gatehouse.connect.call;
