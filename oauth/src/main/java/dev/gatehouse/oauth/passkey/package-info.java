/// Keys that people sign in with (WebAuthn). The only package that sees the library which reads and verifies what
/// devices say.
package dev.gatehouse.oauth.passkey;
