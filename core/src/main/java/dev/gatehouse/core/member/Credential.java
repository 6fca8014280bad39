package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Evidence;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.SealedKey;
import java.time.Instant;
import java.util.Optional;

/// What proves a member. Only the digest of the secret is kept, or the public keys, or a key that is encrypted;
/// `hint` is what lists show of it (prefix and last characters, or the thumbprint of the first key).
///
/// @param holder whose it is: an application, a user (its password, which proves it wherever it is a member), or
///     one membership of a user (a key that acts as that member)
/// @param organization the holder's; a user's home
/// @param stretch how a password is stretched before its digest is made: algorithm, parameters and salt as a PHC
///     string; a secret that was drawn has none
/// @param note what the wire format that it was made in keeps beside it and tells again; nothing is decided by it
public record Credential(
        Id id,
        Id holder,
        Id organization,
        CredentialKind kind,
        String name,
        String hint,
        Evidence evidence,
        Optional<String> stretch,
        Reach reach,
        Restrictions restrictions,
        Standing standing,
        Instant createdAt,
        String note) {
    /// The longest note.
    public static final int MAX_NOTE = 4000;

    /// Public keys are kept of those that are proven by them, ciphertext of those that sign, and of no others.
    public Credential {
        if ((kind == CredentialKind.PUBLIC_KEY) != evidence instanceof PublicKeys) {
            throw new IllegalArgumentException("public keys prove a credential of their own kind");
        }
        if ((kind == CredentialKind.SIGNING_KEY) != evidence instanceof SealedKey) {
            throw new IllegalArgumentException("what requests are signed with is kept encrypted, and nothing else is");
        }
        if (note.length() > MAX_NOTE) {
            throw new IllegalArgumentException("a note is no longer than " + MAX_NOTE);
        }
    }

    /// One without a note.
    public Credential(
            Id id,
            Id holder,
            Id organization,
            CredentialKind kind,
            String name,
            String hint,
            Evidence evidence,
            Optional<String> stretch,
            Reach reach,
            Restrictions restrictions,
            Standing standing,
            Instant createdAt) {
        this(
                id,
                holder,
                organization,
                kind,
                name,
                hint,
                evidence,
                stretch,
                reach,
                restrictions,
                standing,
                createdAt,
                "");
    }

    /// The audit verb of adding it. Believing an issuer in whichever user it names has one of its own, because
    /// it is nothing like a key.
    public String added() {
        boolean ofUsers = evidence instanceof PublicKeys keys
                && keys.trusted().filter(one -> one.subject().isEmpty()).isPresent();
        return ofUsers ? "credential.trust" : "credential.add";
    }

    /// One whose secret was drawn, or given by a machine.
    public Credential(
            Id id,
            Id holder,
            Id organization,
            CredentialKind kind,
            String name,
            String hint,
            Evidence evidence,
            Reach reach,
            Restrictions restrictions,
            Standing standing,
            Instant createdAt) {
        this(
                id,
                holder,
                organization,
                kind,
                name,
                hint,
                evidence,
                Optional.empty(),
                reach,
                restrictions,
                standing,
                createdAt);
    }

    /// The digest of the secret that proves it, when that is one.
    public Optional<Digest> digest() {
        return evidence instanceof Digest digest ? Optional.of(digest) : Optional.empty();
    }

    /// What facts hold of it: all that decisions rest on, and nothing that only lists show. Of a million in
    /// memory the rest would be a third.
    public Credential lean() {
        return new Credential(
                id,
                holder,
                organization,
                kind,
                "",
                "",
                evidence,
                stretch,
                reach,
                restrictions,
                standing,
                Instant.EPOCH);
    }

    /// The same, standing otherwise.
    public Credential with(Standing other) {
        return with(name, evidence, reach, restrictions, other, note);
    }

    /// The same with another note.
    public Credential noting(String other) {
        return with(name, evidence, reach, restrictions, standing, other);
    }

    /// The same, with its key encrypted anew.
    public Credential with(SealedKey sealed) {
        return with(name, sealed, reach, restrictions, standing, note);
    }

    /// The same with what replacing may change.
    public Credential with(String name, Reach reach, Restrictions restrictions, Standing standing) {
        return with(name, evidence, reach, restrictions, standing, note);
    }

    private Credential with(
            String name, Evidence evidence, Reach reach, Restrictions restrictions, Standing standing, String note) {
        return new Credential(
                id,
                holder,
                organization,
                kind,
                name,
                hint,
                evidence,
                stretch,
                reach,
                restrictions,
                standing,
                createdAt,
                note);
    }
}
