package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.authorize.DeviceQuestions;
import dev.gatehouse.oauth.authorize.DeviceStep;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where a person finds what applications sent to it in a back channel (OpenID Connect CIBA Core section 8),
/// looks at one and answers. Nothing of others is there, whatever name is sent.
record RequestPages(PageDesk desk, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "requests";
    private static final String NAME = "[A-Za-z0-9_-]{43}";

    Reply seen(Visit visit) {
        return visit.visitor().map(who -> list(visit, who)).orElseGet(() -> Replies.see(Paths.SIGN_IN));
    }

    private Reply list(Visit visit, Visitor who) {
        List<View.Sent> sent = desk.devices().sent(visit.api(), who.signedIn()).stream()
                .map(RequestPages::shown)
                .toList();
        return html.page(
                200, visit.texts(), new View.Requests(tokens.make(FORM, visit.holder()), who.username(), sent));
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
        Optional<String> name = form.value("request").filter(text -> text.matches(NAME));
        if (name.isPresent()) {
            return stepped(visit, who, desk.devices().chosen(name.get(), visit.api(), who.signedIn(), visit.http()));
        }
        Optional<String> ask = form.value("ask").filter(Paths::isAsk);
        if (ask.isEmpty()) {
            return replies.unreadable(visit.texts());
        }
        return switch (form.value("decision").orElse("")) {
            case "allow" ->
                stepped(visit, who, desk.devices().allowed(ask.get(), visit.api(), who.signedIn(), visit.http()));
            case "deny" ->
                stepped(
                        visit,
                        who,
                        desk.devices()
                                .denied(
                                        ask.get(),
                                        visit.api(),
                                        who.signedIn(),
                                        who.act(
                                                visit.http().id(),
                                                desk.store().clock().instant())));
            default -> replies.unreadable(visit.texts());
        };
    }

    private Reply stepped(Visit visit, Visitor who, DeviceStep step) {
        Texts texts = visit.texts();
        return switch (step) {
            case DeviceStep.Question question ->
                html.page(
                        200,
                        texts,
                        new View.RequestConsent(
                                tokens.make(FORM, visit.holder()),
                                question.ask(),
                                Texts.plain(question.client().name()),
                                who.username(),
                                question.scopes(),
                                question.details(),
                                Texts.plain(question.typed())));
            case DeviceStep.Unknown() -> replies.error(400, texts, texts.of("requests.gone"));
            case DeviceStep.Later(Duration after) -> replies.tooMany(texts, after);
            case DeviceStep.Impossible() -> replies.error(403, texts, texts.of("device.impossible"));
            case DeviceStep.Answered(boolean allowed) ->
                html.page(
                        200,
                        texts,
                        new View.Message(
                                texts.of(allowed ? "device.allowed-title" : "device.denied-title"),
                                texts.of(allowed ? "requests.answered" : "requests.refused"),
                                false,
                                Optional.empty()));
        };
    }
}
