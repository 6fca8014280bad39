package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.authorize.AuthorizeEndpoint;
import dev.gatehouse.oauth.authorize.AuthorizeStep;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Duration;

/// The authorization endpoint as a browser sees it, and the question whether an application may have what it asks
/// for.
record AuthorizePages(AuthorizeEndpoint endpoint, SignInPage signIn, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "consent";

    Reply asked(Visit visit) {
        return shown(
                visit, endpoint.ask(visit.http(), visit.api(), visit.visitor().map(Visitor::signedIn)));
    }

    /// A form of another site comes without the session's cookie: the browser comes back with a GET, which has
    /// it.
    private Reply shown(Visit visit, AuthorizeStep step) {
        boolean posted = visit.http().method().equals("POST");
        return switch (step) {
            case AuthorizeStep.Answer(Reply reply) -> afterForm(visit) ? replies.onwards(visit.texts(), reply) : reply;
            case AuthorizeStep.Later(Duration after) -> replies.tooMany(visit.texts(), after);
            case AuthorizeStep.Refused(int status, String _, String description) ->
                replies.error(status, visit.texts(), description);
            case AuthorizeStep.Onwards(String ask) -> Replies.see(Paths.authorize(ask));
            case AuthorizeStep.SignIn asked ->
                posted ? Replies.see(Paths.authorize(asked.ask())) : signIn.asked(visit, asked);
            case AuthorizeStep.Consent asked ->
                visit.visitor()
                        .map(visitor -> consent(visit, visitor, asked))
                        .orElseGet(() -> replies.strange(visit.texts()));
        };
    }

    /// Whether a form of ours led here: the question's, or that of the sign-in before it.
    private static boolean afterForm(Visit visit) {
        return visit.http().path().equals(Paths.CONSENT)
                || visit.http().query().filter(Paths::waits).isPresent();
    }

    private Reply consent(Visit visit, Visitor visitor, AuthorizeStep.Consent asked) {
        View view = new View.Consent(
                tokens.make(FORM, visit.holder()),
                asked.ask(),
                Texts.plain(asked.client().name()),
                visitor.username(),
                asked.scopes(),
                asked.details(),
                asked.answersTo());
        return html.page(200, visit.texts(), view);
    }

    Reply answered(Visit visit, Form form) {
        String ask = form.value("ask").orElse("");
        String decision = form.value("decision").orElse("");
        if (!Paths.isAsk(ask)) {
            return replies.unreadable(visit.texts());
        }
        if (visit.visitor().isEmpty()
                || !tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Visitor visitor = visit.visitor().get();
        return switch (decision) {
            case "allow" -> shown(visit, endpoint.allowed(ask, visit.api(), visitor.signedIn(), visit.http()));
            case "deny" -> shown(visit, endpoint.denied(ask, visit.api(), visitor.signedIn(), visit.http()));
            default -> replies.unreadable(visit.texts());
        };
    }
}
