package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.read.Shown;
import dev.gatehouse.dialect.write.PublicUuid;
import java.util.List;
import java.util.Optional;

/// Whom a request names besides its credential. What was allowed is refused when it is not for them; nothing is
/// ever allowed by this.
///
/// @param clientId the application
/// @param organization the organization that is meant
record Selected(Optional<String> clientId, Optional<String> organization) {
    static Selected of(Shown shown) {
        return new Selected(
                shown.get(Input.CLIENT_ID).map(Secret::reveal),
                shown.get(Input.ORGANIZATION).map(Secret::reveal));
    }

    /// Why it is refused. Looks up the organization that is named, unless it is the caller's own.
    Optional<Refusal> refuses(Verdict.Allowed allowed, Store store) {
        if (clientId.isPresent()
                && !clientId.get().equals(allowed.members().holder().publicName())) {
            return Optional.of(new Refusal.BadCredential("the credential is another application's"));
        }
        Id own = allowed.members().organization().id();
        boolean another = organization.isPresent() && !PublicUuid.names(organization.get(), own);
        return another && !below(own, store)
                ? Optional.of(new Refusal.BadCredential("the organization is not one of the caller's"))
                : Optional.empty();
    }

    /// Nobody reaches beyond its own tree.
    private boolean below(Id own, Store store) {
        List<Organization> chain = PublicUuid.organization(organization.orElseThrow())
                .map(store.members()::chain)
                .orElse(List.of());
        return chain.stream().anyMatch(one -> one.id().equals(own))
                && chain.stream()
                        .noneMatch(one -> one.standing().revoked()
                                || !one.standing().holds().isEmpty());
    }
}
