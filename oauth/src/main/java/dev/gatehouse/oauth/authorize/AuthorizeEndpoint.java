package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.DetailsParameter;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.ImplicitTokens;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.ClientJwts;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Subjects;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// `/oauth2/authorize` (RFC 6749 section 3.1): who asks and where answers go, what is asked, who is signed in,
/// what that person lets the client have, and the code. A step that needs the person ends here with the request
/// sealed; it comes back and all steps are taken again. Blocks.
public final class AuthorizeEndpoint {
    /// The parameter that a page sends the browser back with.
    public static final String ASK = "ask";

    /// The longest value of it.
    public static final int MAX_ASK = AskSeal.MAX_LENGTH;

    private final RequestReader reader;
    private final LoginCheck logins;
    private final AskSeal seal;
    private final Verifier verifier;
    private final SessionStore sessions;
    private final ConsentQuestions questions;
    private final Codes codes;
    private final ImplicitAnswers implicit;
    private final Answers answers;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param implicit makes tokens where they are the answer
    /// @param objects reads what clients sign
    /// @param subjects what clients know users as
    /// @param ability who could prove itself by more than it did
    /// @param random a secure one
    public AuthorizeEndpoint(
            Clients clients,
            Verifier verifier,
            SessionStore sessions,
            GrantStore grants,
            Keys keys,
            IdTokens idTokens,
            Codes codes,
            ImplicitTokens implicit,
            PushedRequestStore requests,
            RequestObjects objects,
            Pepper pepper,
            Subjects subjects,
            Ability ability,
            InstantSource clock,
            RandomGenerator random) {
        this.reader = new RequestReader(clients, requests, new RequestUris(pepper, random), objects, clock);
        this.logins = new LoginCheck(idTokens, subjects, ability);
        this.seal = new AskSeal(keys, clock);
        this.verifier = verifier;
        this.sessions = sessions;
        this.questions = new ConsentQuestions(grants, seal);
        this.codes = codes;
        this.answers = new Answers(new ClientJwts(keys), clock);
        this.implicit = new ImplicitAnswers(grants, pepper, implicit, answers, clock);
        this.clock = clock;
        this.random = random;
    }

    /// A request of a client, or one that comes back from a page.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public AuthorizeStep ask(HttpFacts http, Api api, Optional<SignedIn> who) {
        if (!api.openId()) {
            return new AuthorizeStep.Refused(404, "not_found", "nobody signs in here");
        }
        Optional<String> raw = RequestReader.parameters(http);
        if (raw.isEmpty()) {
            return refused("the request has no parameters that can be read");
        }
        Optional<String> sealed = Form.passing(raw.get().getBytes(StandardCharsets.ISO_8859_1))
                .filter(form -> !form.has("client_id"))
                .flatMap(form -> form.value(ASK));
        if (sealed.isEmpty()) {
            return first(http, who, reader.first(raw.get(), api, http));
        }
        return seal.open(sealed.get(), api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.SIGN_IN)
                .map(waiting -> step(http, who, reader.again(waiting, api, http)))
                .orElseGet(AuthorizeEndpoint::expired);
    }

    /// The request that was sealed for a sign-in, for the same page once more. Nobody is signed in yet.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public AuthorizeStep resume(String ask, Api api, HttpFacts http) {
        return seal.open(ask, api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.SIGN_IN)
                .map(waiting -> switch (reader.again(waiting, api, http)) {
                    case RequestReader.Read.Refused(AuthorizeStep page) -> page;
                    case RequestReader.Read.Sure(Asked asked) -> waits(asked);
                })
                .orElseGet(AuthorizeEndpoint::expired);
    }

    /// The person allows what it was shown.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public AuthorizeStep allowed(String ask, Api api, SignedIn who, HttpFacts http) {
        return shown(ask, api, who)
                .map(waiting -> allowed(waiting, api, who, http))
                .orElseGet(AuthorizeEndpoint::expired);
    }

    /// The person does not.
    ///
    /// @throws FactsUnavailable when the database does not answer in time
    public AuthorizeStep denied(String ask, Api api, SignedIn who, HttpFacts http) {
        return shown(ask, api, who)
                .map(waiting -> switch (reader.again(waiting, api, http)) {
                    case RequestReader.Read.Refused(AuthorizeStep page) -> page;
                    case RequestReader.Read.Sure(Asked asked) -> error(asked, "access_denied", "the person said no");
                })
                .orElseGet(AuthorizeEndpoint::expired);
    }

    /// What was shown to this person in this login; what another was asked is nothing to this one (GAUNTLET J02).
    private Optional<AskSeal.Waiting> shown(String ask, Api api, SignedIn who) {
        return seal.open(ask, api)
                .filter(waiting -> waiting.purpose() == AskSeal.Purpose.CONSENT)
                .filter(waiting -> waiting.shown()
                        .filter(shown -> shown.user().equals(who.user())
                                && shown.session().equals(who.session()))
                        .isPresent());
    }

    /// What a person has to see of a pushed request it sees at an address that lasts.
    private AuthorizeStep first(HttpFacts http, Optional<SignedIn> who, RequestReader.Read read) {
        AuthorizeStep step = step(http, who, read);
        boolean person = step instanceof AuthorizeStep.SignIn || step instanceof AuthorizeStep.Consent;
        return person
                        && read instanceof RequestReader.Read.Sure(Asked asked)
                        && asked.pushed().isPresent()
                ? new AuthorizeStep.Onwards(sealed(asked))
                : step;
    }

    private AuthorizeStep step(HttpFacts http, Optional<SignedIn> who, RequestReader.Read read) {
        return switch (read) {
            case RequestReader.Read.Refused(AuthorizeStep page) -> page;
            case RequestReader.Read.Sure(Asked asked) ->
                RequestChecks.first(asked)
                        .<AuthorizeStep>map(error -> new AuthorizeStep.Answer(answers.error(asked, error)))
                        .orElseGet(() -> logins.satisfied(asked, who, clock.instant())
                                .map(one -> logins.proven(asked, one) ? consent(http, asked, one) : weak(asked, one))
                                .orElseGet(() -> LoginCheck.unknown(http, who) ? waits(asked) : signIn(asked)));
        };
    }

    private AuthorizeStep signIn(Asked asked) {
        return asked.prompts("none") ? error(asked, "login_required", "nobody is signed in who will do") : waits(asked);
    }

    /// Somebody who did not prove itself as the client has to have it, and has just tried or has nothing else to
    /// try (OpenID Connect Core section 5.5.1.1, Unmet Authentication Requirements 1.0).
    private AuthorizeStep weak(Asked asked, SignedIn who) {
        return logins.more(asked, who)
                ? signIn(asked)
                : error(asked, "unmet_authentication_requirements", "the person cannot prove itself in this way");
    }

    private AuthorizeStep waits(Asked asked) {
        return new AuthorizeStep.SignIn(
                sealed(asked),
                asked.asking(),
                asked.form()
                        .value("login_hint")
                        .filter(_ -> LoginCheck.hinted(asked).isEmpty()),
                asked.fresh(),
                asked.prompts("select_account"));
    }

    private String sealed(Asked asked) {
        return seal.seal(AskSeal.Waiting.of(AskSeal.Purpose.SIGN_IN, Optional.empty(), asked), asked.api());
    }

    private AuthorizeStep consent(HttpFacts http, Asked asked, SignedIn who) {
        return switch (verdict(http, asked, who, asked.wanted())) {
            case Checked.Refused(Refusal refusal) -> refused(asked, refusal);
            case Checked.Allowed(Verdict.Allowed allowed) -> {
                if (questions.remembered(asked, who, allowed)) {
                    yield answer(http, asked, who, allowed, false);
                }
                yield unasked(asked, who, allowed);
            }
        };
    }

    private AuthorizeStep unasked(Asked asked, SignedIn who, Verdict.Allowed allowed) {
        return asked.prompts("none")
                ? error(asked, "consent_required", "the person has to be asked")
                : questions.asked(asked, who, allowed);
    }

    /// All steps again, on what is true now; but what is granted is what was shown and no more.
    private AuthorizeStep allowed(AskSeal.Waiting waiting, Api api, SignedIn who, HttpFacts http) {
        return switch (reader.again(waiting, api, http)) {
            case RequestReader.Read.Refused(AuthorizeStep page) -> page;
            case RequestReader.Read.Sure(Asked asked) -> {
                Optional<AuthorizeError> error = RequestChecks.first(asked);
                if (error.isPresent()) {
                    yield new AuthorizeStep.Answer(answers.error(asked, error.get()));
                }
                boolean satisfied = logins.satisfied(asked, Optional.of(who), clock.instant())
                        .filter(one -> logins.proven(asked, one))
                        .isPresent();
                if (!satisfied) {
                    yield signIn(asked);
                }
                Scopes shown = waiting.shown().orElseThrow().scopes();
                yield switch (verdict(http, asked, who, shown)) {
                    case Checked.Refused(Refusal refusal) -> refused(asked, refusal);
                    case Checked.Allowed(Verdict.Allowed allowed) -> answer(http, asked, who, allowed, true);
                };
            }
        };
    }

    private Checked.Known verdict(HttpFacts http, Asked asked, SignedIn who, Scopes scopes) {
        Optional<Session> session =
                sessions.session(who.session()).filter(one -> one.user().equals(who.user()));
        return session.map(login -> verifier.verifyLoading(
                        new Presented.Consenting(
                                login, asked.client().application().id()),
                        asked.api(),
                        new Ask.Consent(Id.random(Kind.GRANT, random), scopes, asked.details(), http.from()),
                        http.arrivedNanos()))
                .orElseGet(() -> new Checked.Refused(new Refusal.BadCredential("the login is over")));
    }

    private AuthorizeStep answer(HttpFacts http, Asked asked, SignedIn who, Verdict.Allowed allowed, boolean remember) {
        Opened opened = asked.frontChannel()
                ? implicit.open(http, asked, who, allowed, remember)
                : codes.open(http, asked, who, allowed, remember);
        return switch (opened) {
            case Opened.Given(Map<String, Secret> members) -> new AuthorizeStep.Answer(answers.given(asked, members));
            case Opened.Unasked() -> unasked(asked, who, allowed);
            case Opened.Answered() ->
                refused("this request was answered before: go back to the application and start again");
            case Opened.Over() -> error(asked, "access_denied", "this person cannot sign in at this application");
            case Opened.TooLong() -> error(asked, "invalid_request", Answers.TOO_LONG);
            case Opened.Refused(Refusal.TooMany _), Opened.Later() ->
                error(asked, "temporarily_unavailable", "ask again in a moment");
            case Opened.Refused(Refusal refusal) -> refused(asked, refusal);
        };
    }

    private AuthorizeStep refused(Asked asked, Refusal refusal) {
        if (refusal instanceof Refusal.Unavailable unavailable) {
            throw new FactsUnavailable(unavailable.what());
        }
        if (refusal instanceof Refusal.BadDetails) {
            return error(
                    asked,
                    DetailsParameter.ERROR,
                    "an authorization detail cannot be granted by this person to this application");
        }
        return refusal instanceof Refusal.BadScope
                ? error(
                        asked,
                        "invalid_scope",
                        "none of these scopes can be granted by this person to this application")
                : error(asked, "access_denied", "this person cannot sign in at this application");
    }

    private AuthorizeStep error(Asked asked, String error, String description) {
        return new AuthorizeStep.Answer(answers.error(asked, new AuthorizeError(error, description)));
    }

    private static AuthorizeStep expired() {
        return refused("this took too long, or was begun elsewhere: go back to the application and start again");
    }

    private static AuthorizeStep refused(String description) {
        return new AuthorizeStep.Refused(400, "invalid_request", description);
    }
}
