package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.LogoutStep;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.server.http.OwnCookies;
import java.util.List;
import java.util.Optional;

/// The question whether to sign out: always asked, because any page can lead a browser here (GAUNTLET L06).
/// Whoever is not signed in is not asked.
record SignOutPage(PageDesk desk, FormTokens tokens, Html html, Replies replies, Languages languages) {
    private static final String FORM = "sign-out";
    private static final String ASK = "ask=";

    /// The page itself; with `?ask=` for a client that waits.
    Reply seen(Visit visit) {
        Optional<String> ask =
                visit.http().query().filter(query -> query.startsWith(ASK)).map(query -> query.substring(ASK.length()));
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return replies.unreadable(visit.texts());
        }
        return ask.map(text -> shown(visit, desk.logout().resume(text, visit.api())))
                .orElseGet(() -> question(visit, visit.texts(), Optional.empty(), Optional.empty()));
    }

    /// The end session endpoint. A form of another site comes without cookies; the browser comes back with them.
    Reply asked(Visit visit) {
        HttpFacts http = visit.http();
        LogoutStep step = desk.logout().ask(http, visit.api());
        return http.method().equals("POST") && step instanceof LogoutStep.Question question
                ? Replies.see(Paths.SIGN_OUT + "?" + ASK + question.ask())
                : shown(visit, step);
    }

    private Reply shown(Visit visit, LogoutStep step) {
        return switch (step) {
            case LogoutStep.Question question ->
                visit.visitor().isPresent()
                        ? question(
                                visit,
                                languages.preferred(question.locales(), visit.texts()),
                                Optional.of(question.ask()),
                                question.client())
                        : away(visit, question);
            case LogoutStep.Answer _, LogoutStep.SignedOut _, LogoutStep.Refused _ -> ended(visit, step);
        };
    }

    /// Nobody is signed in. Who brought the person here is known by an ID token only; else a link could lead it
    /// through us to whatever page a client has registered, so that it goes there by a click, or not.
    private Reply away(Visit visit, LogoutStep.Question question) {
        LogoutStep step = desk.logout().signedOut(question.ask(), visit.api());
        return !question.hinted() && step instanceof LogoutStep.Answer(Reply reply)
                ? replies.offered(
                        languages.preferred(question.locales(), visit.texts()),
                        question.client().map(AskingClient::name).orElse(""),
                        reply)
                : ended(visit, step);
    }

    private Reply ended(Visit visit, LogoutStep step) {
        return switch (step) {
            case LogoutStep.Answer(Reply reply) -> reply;
            case LogoutStep.SignedOut() -> done(visit);
            case LogoutStep.Refused(int status, String _, String description) ->
                replies.error(status, visit.texts(), description);
            case LogoutStep.Question _ -> done(visit);
        };
    }

    private Reply question(Visit visit, Texts texts, Optional<String> ask, Optional<AskingClient> client) {
        return visit.visitor()
                .map(who -> html.page(
                        200, texts, new View.SignOut(tokens.make(FORM, visit.holder()), ask, client, who.username())))
                .orElseGet(() -> done(visit));
    }

    private Reply done(Visit visit) {
        Texts texts = visit.texts();
        return html.page(
                200,
                texts,
                new View.Message(
                        texts.of("signed-out.title"),
                        texts.of("signed-out.text"),
                        false,
                        Optional.of(new View.Way(Paths.SIGN_IN, texts.of("sign-in.title")))));
    }

    Reply posted(Visit visit, Form form) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return replies.unreadable(visit.texts());
        }
        if (visit.visitor().isEmpty()) {
            return leave(visit, ask, List.of());
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        return switch (form.value("decision").orElse("")) {
            case "sign-out" -> {
                Visitor who = visit.visitor().get();
                List<FrontChannel.Loaded> loaded = new FrontChannel(desk.store(), desk.subjects())
                        .of(who.session().id(), visit.api());
                desk.ended(desk.store()
                        .sessions()
                        .end(
                                who.session().id(),
                                who.act(visit.http().id(), desk.store().clock().instant())));
                yield leave(visit, ask, loaded).with("Set-Cookie", OwnCookies.SESSION.cleared(visit.secure()));
            }
            case "stay" -> Replies.see(Paths.ACCOUNT);
            default -> replies.unreadable(visit.texts());
        };
    }

    /// Where nobody waits, to a page that may be loaded again.
    ///
    /// @param loaded what the browser loads before it goes on
    private Reply leave(Visit visit, Optional<String> ask, List<FrontChannel.Loaded> loaded) {
        LogoutStep step =
                ask.map(text -> desk.logout().signedOut(text, visit.api())).orElseGet(LogoutStep.SignedOut::new);
        Reply reply = step instanceof LogoutStep.SignedOut ? Replies.see(Paths.SIGN_OUT) : ended(visit, step);
        if (!loaded.isEmpty()) {
            return replies.leaving(
                    visit.texts(), loaded, Replies.location(reply).orElse(Paths.SIGN_OUT));
        }
        return step instanceof LogoutStep.SignedOut ? reply : replies.onwards(visit.texts(), reply);
    }
}
