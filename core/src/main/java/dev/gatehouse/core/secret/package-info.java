/// Secrets in memory and their digests at rest: a redacted wrapper, and the HMAC under a pepper that lives
/// outside the database.
package dev.gatehouse.core.secret;
