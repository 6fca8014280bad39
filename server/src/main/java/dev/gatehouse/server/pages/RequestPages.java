package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.authorize.DeviceQuestions;
import dev.gatehouse.oauth.endpoint.Form;
import java.util.List;
import java.util.Optional;

/// Where a person finds what applications sent to it in a back channel (OpenID Connect CIBA Core section 8),
/// looks at one and answers, and sets the code without which nobody sends it any. Nothing of others is there,
/// whatever name is sent.
record RequestPages(PageDesk desk, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "requests";
    private static final String NAME = "[A-Za-z0-9_-]{43}";

    Reply seen(Visit visit) {
        return visit.visitor()
                .map(who -> list(visit, who, 200, Optional.empty()))
                .orElseGet(() -> Replies.see(Paths.SIGN_IN));
    }

    private Reply list(Visit visit, Visitor who, int status, Optional<String> problem) {
        List<View.Sent> sent = desk.devices().sent(visit.api(), who.signedIn()).stream()
                .map(RequestPages::shown)
                .toList();
        View view = new View.Requests(
                tokens.make(FORM, visit.holder()),
                who.username(),
                sent,
                desk.requestCodes().has(who.user()),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    private static View.Sent shown(DeviceQuestions.Sent sent) {
        return new View.Sent(
                sent.name(),
                Texts.plain(sent.client()),
                sent.message().map(Texts::plain).orElse(""));
    }

    Reply posted(Visit visit, Form form) {
        if (visit.visitor().isEmpty()) {
            return Replies.see(Paths.REQUESTS);
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Visitor who = visit.visitor().get();
        if (form.has("set-code") || form.has("remove-code")) {
            return coded(visit, who, form);
        }
        Decisions decisions = new Decisions(desk, html, replies);
        return form.value("request")
                .filter(text -> text.matches(NAME))
                .map(name -> decisions.shown(
                        visit,
                        desk.devices().chosen(name, visit.api(), who.signedIn(), visit.http()),
                        kind(visit, who)))
                .orElseGet(() -> decisions.decided(visit, who, form, kind(visit, who)));
    }

    private Decisions.Kind kind(Visit visit, Visitor who) {
        Texts texts = visit.texts();
        return new Decisions.Kind(
                question -> new View.RequestConsent(
                        tokens.make(FORM, visit.holder()),
                        question.ask(),
                        Texts.plain(question.client().name()),
                        who.username(),
                        question.scopes(),
                        question.details(),
                        Texts.plain(question.typed())),
                () -> replies.error(400, texts, texts.of("requests.gone")),
                "requests.answered",
                "requests.refused");
    }

    /// The code of the person: set in the place of any other, or taken away.
    private Reply coded(Visit visit, Visitor who, Form form) {
        Act act = who.act(visit.http().id(), desk.store().clock().instant());
        if (form.has("remove-code")) {
            desk.ended(desk.requestCodes().remove(who.user(), act));
            return Replies.see(Paths.REQUESTS);
        }
        Optional<Stored<?>> set = desk.store()
                .users()
                .user(who.user())
                .flatMap(user -> desk.requestCodes()
                        .set(user, Secret.of(form.value("code").orElse("")), act));
        return set.filter(Stored.Done.class::isInstance).isPresent()
                ? Replies.see(Paths.REQUESTS)
                : list(visit, who, 400, Optional.of("requests.code-wrong"));
    }
}
