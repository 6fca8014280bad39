/// Signing and sealing keys through their life: drawn, encrypted and stored, published, activated, retired,
/// withdrawn; held ready in a snapshot that is swapped whole when the database's keys change.
package dev.gatehouse.oauth.keys;
