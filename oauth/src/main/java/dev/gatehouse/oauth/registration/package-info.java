/// Clients that register themselves (RFC 7591, RFC 7592), within what the policy of their Api lets in. What they
/// become is applications like others.
package dev.gatehouse.oauth.registration;
