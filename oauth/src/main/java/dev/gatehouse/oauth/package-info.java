/// OAuth 2.1 and OpenID Connect: grants, the steps of the authorize request, client authentication, metadata, and
/// JOSE behind one facade.
@NullMarked
package dev.gatehouse.oauth;

import org.jspecify.annotations.NullMarked;
