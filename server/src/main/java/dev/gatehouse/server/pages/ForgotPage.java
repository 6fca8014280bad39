package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Usernames;
import dev.gatehouse.core.store.ResetStore.Asked;
import dev.gatehouse.oauth.endpoint.Form;
import java.util.Optional;

/// Who has forgotten the password says a name. The answer is the same for every name, and comes before anybody has
/// looked whether there is one (GAUNTLET L01).
///
/// @param letters whether letters get to people; otherwise they lie in a folder that an administrator reads
record ForgotPage(PageDesk desk, FormTokens tokens, Html html, Replies replies, boolean letters) {
    private static final String FORM = "forgot";

    Reply seen(Visit visit) {
        return form(visit, 200, Optional.empty());
    }

    private Reply form(Visit visit, int status, Optional<String> problem) {
        View view = new View.Forgot(
                tokens.make(FORM, visit.holder()),
                visit.texts().of(letters ? "forgot.text" : "forgot.text-kept"),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    Reply posted(Visit visit, Form form) {
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return form(visit, 403, Optional.of("sign-in.expired"));
        }
        Ask ask = new Ask.Authenticate(visit.http().from());
        Optional<Refusal.TooMany> closed = desk.verifier().closed(visit.api(), ask);
        if (closed.isPresent()) {
            return replies.tooMany(visit.texts(), closed.get().retryAfter());
        }
        desk.verifier().guessed(visit.api(), ask);
        boolean taken = Usernames.canonical(form.value("username").orElse(""))
                .map(name -> desk.store()
                        .resets()
                        .ask(
                                new Asked(name, visit.api().id(), visit.texts().language()),
                                desk.store().clock().instant()))
                .orElse(true);
        Texts texts = visit.texts();
        return taken
                ? html.page(
                        200,
                        texts,
                        new View.Message(
                                texts.of("forgot.title"),
                                texts.of(letters ? "forgot.sent" : "forgot.kept"),
                                false,
                                Optional.of(signIn(texts))))
                : replies.unavailable(texts);
    }

    static View.Way signIn(Texts texts) {
        return new View.Way(Paths.SIGN_IN, texts.of("sign-in.title"));
    }
}
