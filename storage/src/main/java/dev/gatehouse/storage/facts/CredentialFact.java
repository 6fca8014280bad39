package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Credential;

/// A credential and the way up from it.
record CredentialFact(Credential credential, Cell<? extends HolderFact> holder) {}
