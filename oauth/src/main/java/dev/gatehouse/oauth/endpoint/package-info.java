/// The OAuth endpoints of an Api: the token endpoint step by step (read the request, authenticate the client,
/// decide, mint, answer), introspection and
/// revocation of tokens, the metadata and the JWKS document.
package dev.gatehouse.oauth.endpoint;
