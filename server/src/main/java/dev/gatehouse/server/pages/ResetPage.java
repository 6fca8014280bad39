package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.PasswordRules;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Instant;
import java.util.Optional;

/// Who comes with the link of a letter chooses a password. Looking at the page does nothing, as programs that read
/// mail look too; sending the form uses the link up. It signs nobody in and stands for no second factor, and ends
/// whatever was opened in the name of the user.
record ResetPage(PageDesk desk, FormTokens tokens, ResetLinks links, Html html, Replies replies, boolean letters) {
    private static final String FORM = "reset";
    private static final String LINK = "link=";

    Reply seen(Visit visit) {
        String link = visit.http()
                .query()
                .filter(query -> query.startsWith(LINK))
                .map(query -> query.substring(LINK.length()))
                .orElse("");
        return user(visit, link).isPresent() ? form(visit, 200, link, Optional.empty()) : over(visit.texts());
    }

    private Reply form(Visit visit, int status, String link, Optional<String> problem) {
        View view = new View.Reset(tokens.make(FORM, visit.holder()), link, problem);
        return html.page(status, visit.texts(), view);
    }

    /// Whom a link is for, as long as nothing has become of the user.
    private Optional<User> user(Visit visit, String link) {
        return links.open(visit.api(), link)
                .flatMap(named -> desk.store()
                        .users()
                        .user(named.user())
                        .filter(user -> user.standing().version() == named.version()
                                && user.standing().active(desk.store().clock().instant())));
    }

    Reply posted(Visit visit, Form form) {
        Texts texts = visit.texts();
        String link = form.value("link").orElse("");
        Optional<User> user = user(visit, link);
        if (user.isEmpty()) {
            return over(texts);
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return form(visit, 403, link, Optional.of(texts.of("sign-in.expired")));
        }
        Secret password = Secret.of(form.value("password").orElse(""));
        if (PasswordRules.weakness(user.get().username(), password).isPresent()) {
            return form(
                    visit,
                    403,
                    link,
                    Optional.of(texts.of(
                            "reset.weak",
                            Integer.toString(PasswordRules.LEAST),
                            Integer.toString(PasswordRules.MOST))));
        }
        return switch (set(visit, user.get(), password)) {
            case Stored.Done<?> _ ->
                html.page(
                        200,
                        texts,
                        new View.Message(
                                texts.of("reset.title"),
                                texts.of("reset.done"),
                                false,
                                Optional.of(ForgotPage.signIn(texts))));
            case Stored.Moved<?> _,
                    Stored.Missing<?> _,
                    Stored.Conflict<?> _,
                    Stored.Full<?> _,
                    Stored.Forbidden<?> _ -> over(texts);
        };
    }

    private Stored<Credential> set(Visit visit, User user, Secret password) {
        Instant now = desk.store().clock().instant();
        Credential made = desk.passwords().credential(Id.random(Kind.CREDENTIAL, desk.random()), user, password, now);
        Act act = new Act(new Act.Actor.Itself("password reset"), visit.http().id(), now)
                .on(Terms.version(user.standing().version()));
        return desk.store().users().resetPassword(made, act);
    }

    /// Used, too old, or nobody's.
    private Reply over(Texts texts) {
        return html.page(
                403,
                texts,
                new View.Message(
                        texts.of("reset.title"),
                        texts.of("reset.over"),
                        true,
                        Optional.of(
                                letters
                                        ? new View.Way(Paths.FORGOT, texts.of("forgot.link"))
                                        : ForgotPage.signIn(texts))));
    }
}
