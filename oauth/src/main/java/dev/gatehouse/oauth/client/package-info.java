/// Clients that sign what proves them (RFC 7521, RFC 7523): what an assertion must say, and under whose keys it
/// must be signed.
package dev.gatehouse.oauth.client;
