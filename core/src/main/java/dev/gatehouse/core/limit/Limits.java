package dev.gatehouse.core.limit;

import java.util.Optional;

/// How often an Api may be called, besides what its routes and the credentials themselves say.
///
/// @param credential by one credential and the tokens that were issued to it, together
/// @param address from one address, with whatever credentials or none
/// @param guesses how often one address may show what is no credential
/// @param domainKey by all visitors of the pages of one domain key, together
public record Limits(
        Optional<Rate> credential, Optional<Rate> address, Optional<Rate> guesses, Optional<Rate> domainKey) {
    /// No limit.
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Without one of domain keys.
    public Limits(Optional<Rate> credential, Optional<Rate> address, Optional<Rate> guesses) {
        this(credential, address, guesses, Optional.empty());
    }
}
