package dev.gatehouse.storage.facts;

/// What a credential is held by, and the ways up from it.
sealed interface HolderFact permits ApplicationFact, MembershipFact, UserFact {}
