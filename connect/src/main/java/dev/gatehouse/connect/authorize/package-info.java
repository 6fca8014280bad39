/// The way of a browser to a platform and back (RFC 6749 section 4.1): where it is sent, what only it can bring
/// back, and what is made of that.
package dev.gatehouse.connect.authorize;
