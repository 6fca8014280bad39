/// JOSE behind one facade: compact JWS read strictly and written cheaply, public JWKs, and the choice of the crypto
/// provider. The only package that imports nimbus-jose-jwt and the Corretto provider.
package dev.gatehouse.oauth.jose;
