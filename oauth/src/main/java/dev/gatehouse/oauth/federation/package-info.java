/// Identity providers of others (OpenID Connect Core as a relying party): what they say of themselves, and what
/// they say of people.
package dev.gatehouse.oauth.federation;
