package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.GrantStore.Consent;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/// What users let applications have without being asked again, in memory.
final class MemoryConsents {
    private MemoryConsents() {}

    static void remember(Tables tables, Grant grant, Instant now) {
        Id api = grant.claims().api();
        MemoryGrants.Between between = new MemoryGrants.Between(grant.user(), grant.application(), api);
        TreeSet<String> scopes = new TreeSet<>(grant.claims().scopes().list());
        scopes.addAll(consented(tables, between).list());
        AuthorizationDetails details = remembered(tables, grant).remembering(details(tables, between));
        tables.consents.put(between, new Consent(grant.application(), api, Scopes.of(scopes), now, details));
    }

    private static AuthorizationDetails remembered(Tables tables, Grant grant) {
        Optional<Api> api = Optional.ofNullable(tables.apis.get(grant.claims().api()));
        return grant.claims()
                .details()
                .those(one ->
                        api.filter(known -> known.catalogue().remembers(one)).isPresent());
    }

    static boolean covered(Tables tables, MemoryGrants.Between between, Claims asked) {
        return consented(tables, between).list().containsAll(asked.scopes().list())
                && asked.details().within(details(tables, between));
    }

    static AuthorizationDetails details(Tables tables, MemoryGrants.Between between) {
        return Optional.ofNullable(tables.consents.get(between))
                .map(Consent::details)
                .orElse(AuthorizationDetails.NONE);
    }

    static Scopes consented(Tables tables, MemoryGrants.Between between) {
        return Optional.ofNullable(tables.consents.get(between))
                .map(Consent::scopes)
                .orElse(Scopes.NONE);
    }
}
