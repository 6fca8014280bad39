package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.AuthorizeStep;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Duration;
import java.util.Optional;

/// Name and password. What is wrong with them is never said (GAUNTLET L01).
record SignInPage(
        PageDesk desk,
        FormTokens tokens,
        Html html,
        Replies replies,
        Arrival arrival,
        SecondPage second,
        PasskeyPage passkeys,
        FederatedViews federated,
        boolean letters,
        ClientFaces faces) {
    private static final String FORM = "sign-in";

    /// The page itself, for whoever comes by; whoever is signed in sees the account.
    Reply seen(Visit visit) {
        return visit.visitor().isPresent()
                ? Replies.see(Paths.ACCOUNT)
                : form(visit, 200, Optional.empty(), Optional.empty(), "", Optional.empty());
    }

    /// A page of ours waits for somebody to prove itself again.
    Reply again(Visit visit, Visitor who) {
        return form(visit, 200, Optional.of(Paths.AGAIN), Optional.empty(), who.username(), Optional.empty());
    }

    /// What was begun took too long, or was begun elsewhere.
    Reply anew(Visit visit, Optional<String> ask) {
        return again(visit, 403, ask, "", "sign-in.expired");
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
                tokens.make(FORM, visit.holder()),
                ask,
                client,
                Texts.plain(username),
                problem.map(visit.texts()::of),
                passkeys.offered(visit),
                federated.offered(visit),
                letters,
                client.map(one -> faces.of(one.application())).orElse(View.Face.NONE));
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
                    ? arrival.onwards(visit, ask)
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
                        Ask.Authenticate.first(visit.http().from()),
                        visit.http().arrivedNanos())) {
            case Checked.Refused(Refusal why) -> refused(visit, ask, login.username(), why);
            case Checked.Allowed(Verdict.Allowed allowed) -> second.after(visit, ask, Proven.byPassword(allowed), this);
        };
    }

    /// Why nothing was opened.
    Reply refused(Visit visit, Optional<String> ask, String username, Refusal why) {
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
    Reply again(Visit visit, int status, Optional<String> ask, String username, String problem) {
        if (!arrival.client(visit, ask)) {
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
}
