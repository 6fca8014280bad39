package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.FactorStore.Factors;
import dev.gatehouse.core.token.Methods;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.authorize.SignedIn;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.factor.SecondFactors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What somebody signs in with besides the password: seen at any time, changed by whoever proved itself a moment
/// ago with all that there is, so that nobody who finds a browser open, or knows the password alone, makes it
/// its own.
record SecurityPage(
        PageDesk desk, FormTokens tokens, Html html, Replies replies, SignInPage signIn, PasskeyKeeping passkeys) {
    private static final String FORM = "security";

    /// For how long somebody who proved itself may change what proves it.
    private static final Duration FRESH = Duration.ofMinutes(10);

    Reply seen(Visit visit) {
        return visit.visitor()
                .map(who -> page(visit, who, 200, Optional.empty()))
                .orElseGet(() -> Replies.see(Paths.SIGN_IN));
    }

    private Reply page(Visit visit, Visitor who, int status, Optional<String> problem) {
        Factors factors = desk.factors().of(who.user());
        View view = new View.Security(
                tokens.make(FORM, visit.holder()),
                who.username(),
                factors.totp().map(totp -> visit.texts().moment(totp.since())),
                Integer.toString(factors.codes()),
                passkeys.own(visit, who),
                passkeys.making(visit, who),
                signIn.federated().of(visit, who),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    Reply posted(Visit visit, Form form) {
        if (visit.visitor().isEmpty()) {
            return Replies.see(Paths.SIGN_IN);
        }
        if (!tokens.good(FORM, visit.holder(), form.value("form").orElse(""))) {
            return replies.strange(visit.texts());
        }
        Visitor who = visit.visitor().get();
        Instant now = desk.store().clock().instant();
        Optional<FactorStore.Totp> app = desk.factors().of(who.user()).totp();
        if (!proven(who.session(), app, now)) {
            return signIn.again(visit, who);
        }
        Act act = who.act(visit.http().id(), now);
        if (form.has("set-up")) {
            return enrol(visit, who, 200, desk.factors().draw(), Optional.empty());
        }
        if (form.value("secret").isPresent()) {
            return enrolled(
                    visit, who, form.value("secret").get(), form.value("code").orElse(""), act);
        }
        if (form.value("response").isPresent()) {
            return passkeys.made(visit, who, form, act)
                    .map(problem -> page(visit, who, 403, Optional.of(problem)))
                    .orElseGet(() -> Replies.see(Paths.SECURITY));
        }
        if (form.value("remove-passkey").isPresent()) {
            passkeys.remove(who, form.value("remove-passkey").get(), act);
            return Replies.see(Paths.SECURITY);
        }
        if (app.isEmpty()) {
            return form.has("remove") || form.has("renew")
                    ? Replies.see(Paths.SECURITY)
                    : replies.unreadable(visit.texts());
        }
        if (form.has("remove")) {
            desk.ended(desk.factors().remove(who.user(), act));
            return Replies.see(Paths.SECURITY);
        }
        return form.has("renew")
                ? drawn(visit, desk.factors().renew(who.user(), act), () -> Replies.see(Paths.SECURITY))
                : replies.unreadable(visit.texts());
    }

    /// A login that is older than the app, or whose opener showed no code, is what somebody has who knows the
    /// password.
    static boolean proven(Session session, Optional<FactorStore.Totp> app, Instant now) {
        boolean whole = app.isEmpty()
                || (Methods.several(session.methods())
                        && !session.openedAt().isBefore(app.get().since()));
        return whole
                && SignedIn.asked(session.methods())
                && now.isBefore(session.openedAt().plus(FRESH));
    }

    private Reply enrol(Visit visit, Visitor who, int status, String secret, Optional<String> problem) {
        View view = new View.Enrol(
                tokens.make(FORM, visit.holder()),
                AppSecret.sealed(tokens, visit, secret),
                AppSecret.shown(html.provider(), who.username(), secret),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    /// Whoever mistypes the code goes on with the secret that its app has already: the form holds it, sealed for
    /// this login.
    private Reply enrolled(Visit visit, Visitor who, String sealed, String code, Act act) {
        return AppSecret.opened(tokens, visit, sealed)
                .map(secret -> drawn(
                        visit,
                        desk.factors()
                                .enrol(who.user(), secret, code, who.session().id(), act),
                        () -> enrol(visit, who, 403, secret, Optional.of("enrol.wrong"))))
                .orElseGet(() -> replies.strange(visit.texts()));
    }

    private Reply drawn(Visit visit, SecondFactors.Drawn drawn, Supplier<Reply> wrong) {
        return switch (drawn) {
            case SecondFactors.Drawn.Codes(List<String> codes) ->
                html.page(200, visit.texts(), new View.Codes(codes, Paths.SECURITY));
            case SecondFactors.Drawn.There() -> Replies.see(Paths.SECURITY);
            case SecondFactors.Drawn.Wrong() -> wrong.get();
        };
    }
}
