package dev.gatehouse.oauth.federation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who a provider says somebody is, proven by its signature.
///
/// @param subject with the issuer all that names the person (OpenID Connect Core section 5.7)
/// @param authenticated when the person proved itself there
/// @param proven what the provider says of how: `amr` and `acr`
/// @param claims what it says in text
public record ExternalIdentity(
        String issuer,
        String subject,
        Optional<Instant> authenticated,
        Set<String> proven,
        Map<String, String> claims) {
    /// Keeps copies.
    public ExternalIdentity {
        proven = Set.copyOf(proven);
        claims = Map.copyOf(claims);
    }

    /// What it says under this name.
    public Optional<String> claim(String name) {
        return Optional.ofNullable(claims.get(name));
    }

    /// Names no person.
    @Override
    public String toString() {
        return "[somebody at " + issuer + "]";
    }
}
