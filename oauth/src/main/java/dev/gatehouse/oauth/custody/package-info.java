/// Custody of the keys that live outside the database: the key file with peppers, check keys, the audit MAC key and
/// the key-encryption keys, and the encryption of what the database keeps, bound to the place where it is kept.
package dev.gatehouse.oauth.custody;
