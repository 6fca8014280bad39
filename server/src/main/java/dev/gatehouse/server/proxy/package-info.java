/// Proxies in front of a node: which of them are trusted, and what they say of a request that they were asked
/// for. What anybody else says is not even looked at (GAUNTLET K02).
package dev.gatehouse.server.proxy;
