package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.session.SessionText;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.AuthorizeStep;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.http.OwnCookies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Name and password. What is wrong with them is never said (GAUNTLET L01).
record SignInPage(PageDesk desk, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "sign-in";
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LIFE = Duration.ofDays(7);

    /// The page itself, for whoever comes by; whoever is signed in sees the account.
    Reply seen(Visit visit) {
        return visit.visitor().isPresent()
                ? Replies.see(Paths.ACCOUNT)
                : form(visit, 200, Optional.empty(), Optional.empty(), "", Optional.empty());
    }

    /// The code of a device waits.
    Reply before(Visit visit, String ask) {
        return form(visit, 200, Optional.of(ask), Optional.empty(), "", Optional.empty());
    }

    /// A client waits.
    Reply asked(Visit visit, AuthorizeStep.SignIn step) {
        return form(visit, 200, step, step.loginHint().orElse(""), Optional.empty());
    }

    private Reply form(Visit visit, int status, AuthorizeStep.SignIn step, String username, Optional<String> problem) {
        return form(visit, status, Optional.of(step.ask()), Optional.of(step.client()), username, problem);
    }

    private Reply form(
            Visit visit,
            int status,
            Optional<String> ask,
            Optional<AskingClient> client,
            String username,
            Optional<String> problem) {
        View view = new View.SignIn(
                tokens.make(FORM, visit.holder()), ask, client, Texts.plain(username), problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    Reply posted(Visit visit, Form form) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return replies.unreadable(visit.texts());
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            // Sent again from a page of before: the password is not even looked at.
            return visit.visitor().isPresent()
                    ? onwards(visit, ask)
                    : again(visit, 403, ask, form.value("username").orElse(""), "sign-in.expired");
        }
        Presented.Login login = new Presented.Login(
                form.value("username").orElse(""),
                Secret.of(form.value("password").orElse("")),
                Optional.empty(),
                visit.http().from());
        return switch (desk.verifier()
                .verifyAtOnce(
                        login,
                        visit.api(),
                        new Ask.Authenticate(visit.http().from()),
                        visit.http().arrivedNanos())) {
            case Checked.Refused(Refusal why) -> refused(visit, ask, login.username(), why);
            case Checked.Allowed(Verdict.Allowed allowed) -> proven(visit, ask, Proven.by(allowed));
        };
    }

    private Reply refused(Visit visit, Optional<String> ask, String username, Refusal why) {
        desk.observations().refused(visit.http(), visit.api().name(), why);
        return switch (why) {
            case Refusal.TooMany(Duration after, var _) ->
                again(visit, 429, ask, username, "sign-in.too-many")
                        .with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
            case Refusal.Unavailable(String _, Duration after) ->
                again(visit, 503, ask, username, "error.unavailable")
                        .with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
            case Refusal _ -> again(visit, 403, ask, username, "sign-in.wrong");
        };
    }

    /// The page once more, for the client or the device that still waits.
    private Reply again(Visit visit, int status, Optional<String> ask, String username, String problem) {
        if (ask.isEmpty() || device(visit, ask).isPresent()) {
            return form(visit, status, ask, Optional.empty(), username, Optional.of(problem));
        }
        return switch (desk.authorize().resume(ask.get(), visit.api(), visit.http())) {
            case AuthorizeStep.SignIn step -> form(visit, status, step, username, Optional.of(problem));
            case AuthorizeStep.Refused(int code, String _, String description) ->
                replies.error(code, visit.texts(), description);
            case AuthorizeStep.Answer(Reply reply) -> reply;
            case AuthorizeStep.Later(Duration after) -> replies.tooMany(visit.texts(), after);
            case AuthorizeStep.Consent _, AuthorizeStep.Onwards _ -> replies.strange(visit.texts());
        };
    }

    /// Opens a session of its own for what was proven, with a string that nobody has seen before, and ends the
    /// one that this browser had (GAUNTLET L03). Whoever proves itself again has not signed out: what
    /// applications do in its name goes on under the new one.
    private Reply proven(Visit visit, Optional<String> ask, Proven proven) {
        if (!(proven.allowed().facts() instanceof Facts.Direct direct)
                || !(direct.members().holder() instanceof Person person)) {
            throw new IllegalStateException("a name and a password proved somebody who is no person");
        }
        desk.observations().allowed(visit.http(), visit.api().name());
        Act act = new Act(
                new Act.Actor.Member(
                        person.organization(),
                        person.who(),
                        direct.members().credential().id()),
                visit.http().id(),
                desk.store().clock().instant());
        Sessions.Terms terms = new Sessions.Terms(
                SessionText.MARKED,
                IDLE,
                LIFE,
                false,
                SessionStore.Rule.MANY,
                Restriction.ofListed(List.of(visit.api().id())));
        return switch (desk.sessions()
                .open(proven.allowed(), terms, visit.http().from(), act)) {
            case Sessions.Opened.Open(Secret text, Session session) -> {
                visit.visitor()
                        .ifPresent(before -> desk.ended(
                                desk.store().sessions().follow(before.session().id(), session.id(), act)));
                yield onwards(visit, ask).with("Set-Cookie", OwnCookies.SESSION.set(text.reveal(), visit.secure()));
            }
            case Sessions.Opened.Full _, Sessions.Opened.Another _ ->
                replies.error(409, visit.texts(), visit.texts().of("sign-in.full"));
        };
    }

    private Reply onwards(Visit visit, Optional<String> ask) {
        return Replies.see(device(visit, ask)
                .map(Paths::device)
                .or(() -> ask.map(Paths::authorize))
                .orElse(Paths.ACCOUNT));
    }

    private Optional<String> device(Visit visit, Optional<String> ask) {
        return ask.flatMap(text -> desk.devices().waited(text, visit.api()));
    }
}
