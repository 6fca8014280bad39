package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.GrantStore;

/// What a person once allowed and is not asked again.
final class RememberedConsents {
    private final GrantStore grants;

    RememberedConsents(GrantStore grants) {
        this.grants = grants;
    }

    /// Whether all of a request was allowed before: its scopes, and each of its details or one that was wider. Never of
    /// a client that another program can pass itself off as (RFC 8252 section 8.6).
    boolean cover(Asked asked, SignedIn who, Verdict.Allowed allowed) {
        Id application = asked.client().application().id();
        Id api = asked.api().id();
        boolean known = !asked.client().application().terms().open()
                || asked.registered().claimed();
        return known
                && !asked.prompts("consent")
                && grants.consented(who.user(), application, api)
                        .list()
                        .containsAll(allowed.scopes().list())
                && (allowed.details().isEmpty()
                        || allowed.details().within(grants.consentedDetails(who.user(), application, api)));
    }
}
