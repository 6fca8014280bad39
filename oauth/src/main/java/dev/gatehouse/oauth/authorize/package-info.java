/// The authorization endpoint of OAuth 2.1 and OpenID Connect: what a client asks for through somebody's browser,
/// the steps that need the person, and the answer that goes back to the client. Knows no page: those are the
/// server's, see [dev.gatehouse.oauth.authorize.AuthorizeStep].
package dev.gatehouse.oauth.authorize;
