package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.GrantStore;
import java.util.List;
import java.util.Optional;

/// When a person is asked whether an application may have what it wants, and what.
record ConsentQuestions(GrantStore grants, AskSeal seal) {
    /// What a person once allowed is not asked again, but of a client that another program can pass itself off as
    /// (RFC 8252 section 8.6).
    boolean remembered(Asked asked, SignedIn who, Scopes scopes) {
        boolean known = !asked.client().application().terms().open()
                || asked.registered().claimed();
        return known
                && !asked.prompts("consent")
                && grants.consented(
                                who.user(),
                                asked.client().application().id(),
                                asked.api().id())
                        .list()
                        .containsAll(scopes.list());
    }

    /// The question, for this person in this login.
    AuthorizeStep asked(Asked asked, SignedIn who, Scopes scopes) {
        AskSeal.Shown shown = new AskSeal.Shown(who.user(), who.session(), scopes);
        String ask = seal.seal(AskSeal.Waiting.of(AskSeal.Purpose.CONSENT, Optional.of(shown), asked), asked.api());
        List<ScopeText> texts = ScopeText.of(scopes, asked.api().catalogue());
        return new AuthorizeStep.Consent(ask, asked.asking(), texts, Optional.of(Answers.source(asked.redirect())));
    }
}
