package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.store.GrantStore;
import java.util.List;
import java.util.Optional;

/// When a person is asked whether an application may have what it wants, and what.
record ConsentQuestions(GrantStore grants, AskSeal seal) {
    /// Whether all of a request was allowed before: its scopes, and each of its details or one that was wider,
    /// of types that are remembered. Never of a client that another program can pass itself off as (RFC 8252
    /// section 8.6).
    boolean remembered(Asked asked, SignedIn who, Verdict.Allowed allowed) {
        Id application = asked.client().application().id();
        Id api = asked.api().id();
        boolean known = !asked.client().application().terms().open()
                || asked.registered().claimed();
        return known
                && !asked.prompts("consent")
                && grants.consented(who.user(), application, api)
                        .list()
                        .containsAll(allowed.scopes().list())
                && (allowed.details().isEmpty() || remembered(asked, who, allowed.details()));
    }

    private boolean remembered(Asked asked, SignedIn who, AuthorizationDetails details) {
        Id application = asked.client().application().id();
        return details.list().stream().allMatch(asked.api().catalogue()::remembers)
                && details.within(grants.consentedDetails(
                        who.user(), application, asked.api().id()));
    }

    /// The question, for this person in this login.
    AuthorizeStep asked(Asked asked, SignedIn who, Verdict.Allowed allowed) {
        AskSeal.Shown shown = new AskSeal.Shown(who.user(), who.session(), allowed.scopes());
        String ask = seal.seal(AskSeal.Waiting.of(AskSeal.Purpose.CONSENT, Optional.of(shown), asked), asked.api());
        List<ScopeText> texts = ScopeText.of(allowed.scopes(), asked.api().catalogue());
        List<DetailText> details = DetailText.of(allowed.details(), asked.api().catalogue());
        return new AuthorizeStep.Consent(
                ask, asked.asking(), texts, details, Optional.of(Answers.source(asked.redirect())));
    }
}
