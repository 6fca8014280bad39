/// Proofs of keys (RFC 9449, DPoP): what a proof must say, for which request it counts, and its one use.
package dev.gatehouse.oauth.dpop;
