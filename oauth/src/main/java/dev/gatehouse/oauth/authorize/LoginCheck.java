package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.oauth.token.IdTokens;
import java.time.Instant;
import java.util.Optional;

/// Whether the person who is signed in, if anybody is, will do for a request (OpenID Connect Core section
/// 3.1.2.3).
final class LoginCheck {
    private final IdTokens idTokens;

    LoginCheck(IdTokens idTokens) {
        this.idTokens = idTokens;
    }

    /// Who is signed in and will do. A sign-in after the request was begun satisfies whatever it says about being
    /// fresh: otherwise nobody could ever satisfy `max_age=0`.
    Optional<SignedIn> satisfied(Asked asked, Optional<SignedIn> who, Instant now) {
        return who.filter(one -> (one.asked() || !asked.fresh())
                                && !one.authenticated().isBefore(asked.begun())
                        || (!asked.prompts("login") && !asked.prompts("select_account") && young(asked, one, now)))
                .filter(one -> meant(asked, one));
    }

    private static boolean young(Asked asked, SignedIn who, Instant now) {
        return asked.maxAgeSeconds()
                .map(age -> who.asked() && !now.isAfter(who.authenticated().plusSeconds(age)))
                .orElse(true);
    }

    /// `id_token_hint` names the person that the client thinks of; one that is none names nobody.
    private boolean meant(Asked asked, SignedIn who) {
        Optional<String> hint = asked.form().value("id_token_hint");
        Api api = asked.api();
        return hint.isEmpty()
                || idTokens.hint(hint.get(), api)
                        .filter(said -> said.user().equals(who.user()))
                        .isPresent();
    }
}
