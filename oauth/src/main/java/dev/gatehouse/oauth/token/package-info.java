/// Access tokens: minting them from an allowed verdict and reading them back, as signed JWTs or sealed under a key
/// of the installation.
package dev.gatehouse.oauth.token;
