package dev.gatehouse.core.secret;

/// What is kept of a credential, to tell by whether something proves it.
public sealed interface Evidence permits Digest, PublicKeys, SealedKey {}
