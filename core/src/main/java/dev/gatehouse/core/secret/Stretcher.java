package dev.gatehouse.core.secret;

import java.util.Optional;

/// Key stretching: makes something that is costly to guess out of a password, which is not. What comes out is
/// digested like any other secret, so that a stolen database alone does not even tell what to guess at.
///
/// How it was done is kept beside the digest as a PHC string without its hash, for example
/// `$argon2id$v=19$m=19456,t=2,p=1$` and the salt.
public interface Stretcher {
    /// How the next password is to be stretched: today's parameters and a salt of its own.
    String fresh();

    /// Whether a password that was stretched like this would be stretched otherwise today.
    boolean outdated(String how);

    /// What another system keeps of a password, when it was stretched in this way and at a cost that a login may
    /// have: a PHC string with its hash.
    Optional<Stretched> stretched(Secret phc);

    /// A password that was stretched already.
    ///
    /// @param how it was done, as [#fresh()] says it
    /// @param out what [#stretch(Secret, String)] gives for the same password
    record Stretched(String how, Secret out) {}

    /// The stretched password. Takes tens of milliseconds of one processor, and memory, on purpose.
    ///
    /// @throws IllegalArgumentException when `how` is none that [#fresh()] gave or could have given
    Secret stretch(Secret password, String how);
}
