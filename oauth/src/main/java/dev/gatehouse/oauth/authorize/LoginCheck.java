package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.token.Acr;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Subjects;
import java.time.Instant;
import java.util.Optional;

/// Whether the person who is signed in, if anybody is, will do for a request (OpenID Connect Core section
/// 3.1.2.3).
final class LoginCheck {
    private final IdTokens idTokens;
    private final Subjects subjects;
    private final Ability ability;

    /// @param subjects what clients know users as
    /// @param ability who could prove itself by more
    LoginCheck(IdTokens idTokens, Subjects subjects, Ability ability) {
        this.idTokens = idTokens;
        this.subjects = subjects;
        this.ability = ability;
    }

    /// Who is signed in and will do. A sign-in after the request was begun satisfies whatever it says about being
    /// fresh: otherwise nobody could ever satisfy `max_age=0`.
    Optional<SignedIn> satisfied(Asked asked, Optional<SignedIn> who, Instant now) {
        return who.filter(one -> ((one.asked() || !asked.fresh()) && fresh(asked, one))
                        || (!asked.prompts("login")
                                && !asked.prompts("select_account")
                                && young(asked, one, now)
                                && sure(asked, one)))
                .filter(one -> meant(asked, one));
    }

    /// A form of another site comes without the cookie of a login, so who is signed in is seen when the browser
    /// comes back with a GET.
    static boolean unknown(HttpFacts http, Optional<SignedIn> who) {
        return who.isEmpty() && http.method().equals("POST");
    }

    private static boolean young(Asked asked, SignedIn who, Instant now) {
        return asked.maxAgeSeconds()
                .map(age -> who.asked() && !now.isAfter(who.authenticated().plusSeconds(age)))
                .orElse(true);
    }

    /// `acr_values` is what a client would like (Core section 3.1.2.1): whoever is signed in by less than it has
    /// proves itself again, with all of that, and the ID token says what that was. Whoever has no more goes on.
    private boolean sure(Asked asked, SignedIn who) {
        return asked.acrValues()
                .map(values -> Acr.met(values, who.methods()) || !ability.second(who.user(), asked.api()))
                .orElse(true);
    }

    /// Whether a sign-in for this request could show more than the one that is open.
    boolean more(Asked asked, SignedIn who) {
        return !fresh(asked, who) && ability.second(who.user(), asked.api());
    }

    /// Whether somebody signed in for this request.
    boolean fresh(Asked asked, SignedIn who) {
        return !who.authenticated().isBefore(asked.begun());
    }

    /// Whether somebody proved itself as the request has to have it (Core section 5.5.1.1); what it would only like
    /// is told by what the ID token says.
    boolean proven(Asked asked, SignedIn who) {
        return asked.claims().wanted("acr").stream()
                .filter(wanted -> wanted.essential() && !wanted.values().isEmpty())
                .allMatch(wanted -> wanted.values().stream()
                        .anyMatch(value -> value instanceof Json.Text(String acr)
                                && Acr.ALL.contains(acr)
                                && Acr.met(acr, who.methods())));
    }

    /// `id_token_hint` names the person that the client thinks of, and so does a value of the claim `sub` (Core
    /// section 5.5.1); what is none names nobody.
    private boolean meant(Asked asked, SignedIn who) {
        Optional<String> hint = asked.form().value("id_token_hint");
        Api api = asked.api();
        String subject = subjects.of(who.user(), api.id(), asked.client().application());
        boolean hinted = hint.isEmpty()
                || idTokens.hint(hint.get(), api)
                        .filter(said -> said.subject().equals(subject) || before(said, asked, who))
                        .isPresent();
        return hinted
                && hinted(asked).map(subject::equals).orElse(true)
                && asked.claims().wanted("sub").stream()
                        .filter(wanted -> !wanted.values().isEmpty())
                        .allMatch(wanted -> wanted.values().contains(new Json.Text(subject)));
    }

    /// The `sub` that a `login_hint` is, of clients that know people by their ids. Nobody is shown whose name
    /// that is.
    static Optional<String> hinted(Asked asked) {
        return asked.form()
                .value("login_hint")
                .filter(text -> Id.parse(Kind.USER, text).isPresent())
                .filter(_ -> asked.client().application().terms().sector().isEmpty());
    }

    /// Whether the client was told of the person before it had names of its own for people. What another was
    /// told says nothing to it: it would learn who its person is.
    private static boolean before(IdTokens.Hint said, Asked asked, SignedIn who) {
        return said.clientId().equals(asked.client().application().clientId())
                && said.subject().equals(who.user().text());
    }
}
