package dev.gatehouse.oauth.federation;

import dev.gatehouse.oauth.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who a provider says somebody is, proven by its signature.
///
/// @param subject with the issuer all that names the person (OpenID Connect Core section 5.7)
/// @param authenticated when the person proved itself there
/// @param proven what the provider says of how: `amr` and `acr`
/// @param claims everything that it says
public record ExternalIdentity(
        String issuer, String subject, Optional<Instant> authenticated, Set<String> proven, Json.Members claims) {
    /// Keeps a copy.
    public ExternalIdentity {
        proven = Set.copyOf(proven);
    }

    /// Names no person.
    @Override
    public String toString() {
        return "[somebody at " + issuer + "]";
    }
}
