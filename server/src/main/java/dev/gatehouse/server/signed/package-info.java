/// Signed requests: the keys that they are signed with, read again by key custody only, and whether a signature is
/// of the request that it came with.
package dev.gatehouse.server.signed;
