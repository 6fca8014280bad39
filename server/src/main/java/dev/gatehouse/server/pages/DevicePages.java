package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.Form;
import java.util.Optional;

/// Where a person types the code of a device, sees what is asked for, and answers (RFC 8628 section 3.3). A code
/// that comes in a link stands in the form and is looked at when the person sends it, so that no link finds out
/// which codes there are.
record DevicePages(PageDesk desk, SignInPage signIn, FormTokens tokens, Html html, Replies replies) {
    private static final String FORM = "device";
    private static final String TYPED = "user_code=";

    Reply seen(Visit visit) {
        Optional<String> typed = visit.http()
                .query()
                .filter(query -> query.startsWith(TYPED))
                .flatMap(query -> DeviceCodes.typed(query.substring(TYPED.length())));
        return visit.visitor().isPresent()
                ? form(visit, 200, typed.map(DeviceCodes::shown).orElse(""), Optional.empty())
                : signIn.before(visit, desk.devices().waits(typed, visit.api()));
    }

    private Reply form(Visit visit, int status, String typed, Optional<String> problem) {
        View view =
                new View.Device(tokens.make(FORM, visit.holder()), Texts.plain(typed), problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    Reply posted(Visit visit, Form form) {
        if (visit.visitor().isEmpty()) {
            return Replies.see(Paths.device(form.value("user_code").orElse("")));
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Visitor who = visit.visitor().get();
        Decisions decisions = new Decisions(desk, html, replies);
        if (form.has("ask")) {
            return decisions.decided(visit, who, form, kind(visit, who, ""));
        }
        String typed = form.value("user_code").orElse("");
        return decisions.shown(
                visit, desk.devices().typed(typed, visit.api(), who.signedIn(), visit.http()), kind(visit, who, typed));
    }

    private Decisions.Kind kind(Visit visit, Visitor who, String typed) {
        return new Decisions.Kind(
                question -> new View.DeviceConsent(
                        tokens.make(FORM, visit.holder()),
                        question.ask(),
                        Texts.plain(question.client().name()),
                        who.username(),
                        question.scopes(),
                        question.details(),
                        question.typed()),
                () -> {
                    desk.observations().turnedAway(visit.http(), visit.api().name(), "unknown_device");
                    return form(visit, 400, typed, Optional.of("device.unknown"));
                },
                "device.allowed",
                "device.denied");
    }
}
