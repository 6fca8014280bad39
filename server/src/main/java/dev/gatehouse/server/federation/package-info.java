/// Sign-in by identity providers of others: the way of a browser there and back, and what is made of who it says
/// it is.
package dev.gatehouse.server.federation;
