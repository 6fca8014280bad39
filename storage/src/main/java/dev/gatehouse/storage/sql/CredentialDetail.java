package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.store.Detail;
import java.time.Instant;
import java.util.Optional;

/// What the audit row of a new credential says.
final class CredentialDetail {
    private CredentialDetail() {}

    static Detail of(Credential credential) {
        return Detail.of("name", credential.name())
                .with("kind", credential.kind().wire())
                .with(Places.holding(credential.holder()), credential.holder())
                .with("hint", credential.hint())
                .with("jwks", credential.evidence() instanceof PublicKeys(String jwks) ? jwks : "")
                .with("whole_role", credential.reach() instanceof Reach.WholeRole)
                .with("rights", CredentialColumns.reach(credential.reach()))
                .with("addresses", CredentialColumns.addresses(credential.restrictions()))
                .with("apis", CredentialColumns.apis(credential.restrictions()))
                .with("origins", CredentialColumns.origins(credential.restrictions()))
                .with("rate", LimitColumns.text(credential.restrictions().rate()))
                .with("not_before", time(credential.standing().window().notBefore()))
                .with("expires_at", time(credential.standing().window().expiresAt()));
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
