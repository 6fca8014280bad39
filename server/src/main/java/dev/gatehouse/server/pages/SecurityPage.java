package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.FactorStore.Factors;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.factor.SecondFactors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What somebody signs in with besides the password: seen at any time, changed by whoever proved itself a moment
/// ago, so that nobody who finds a browser open makes it its own.
record SecurityPage(PageDesk desk, FormTokens tokens, Html html, Replies replies, SignInPage signIn) {
    private static final String FORM = "security";

    /// For how long somebody who proved itself may change what proves it.
    private static final Duration FRESH = Duration.ofMinutes(10);

    Reply seen(Visit visit) {
        return visit.visitor().map(who -> page(visit, who)).orElseGet(() -> Replies.see(Paths.SIGN_IN));
    }

    private Reply page(Visit visit, Visitor who) {
        Factors factors = desk.factors().of(who.user());
        View view = new View.Security(
                tokens.make(FORM, visit.holder()),
                who.username(),
                factors.totp().map(totp -> visit.texts().moment(totp.since())),
                Integer.toString(factors.codes()));
        return html.page(200, visit.texts(), view);
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
        if (!now.isBefore(who.session().openedAt().plus(FRESH))) {
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
        if (form.has("remove")) {
            desk.ended(desk.factors().remove(who.user(), act));
            return Replies.see(Paths.SECURITY);
        }
        return form.has("renew")
                ? drawn(visit, desk.factors().renew(who.user(), act), () -> Replies.see(Paths.SECURITY))
                : replies.unreadable(visit.texts());
    }

    private Reply enrol(Visit visit, Visitor who, int status, String secret, Optional<String> problem) {
        View view = new View.Enrol(
                tokens.make(FORM, visit.holder()),
                secret,
                secret.replaceAll("(.{4})(?=.)", "$1 "),
                uri(who.username(), secret),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    /// As apps take it from a link; parameters that are usual are left out by some that read them, so all stand
    /// there.
    private String uri(String username, String secret) {
        return "otpauth://totp/" + encoded(html.provider()) + ":" + encoded(username) + "?secret=" + secret + "&issuer="
                + encoded(html.provider()) + "&algorithm=SHA1&digits=6&period=30";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Reply enrolled(Visit visit, Visitor who, String secret, String code, Act act) {
        return drawn(
                visit,
                desk.factors().enrol(who.user(), secret, code, act),
                () -> enrol(visit, who, 403, desk.factors().draw(), Optional.of("enrol.wrong")));
    }

    private Reply drawn(Visit visit, SecondFactors.Drawn drawn, Supplier<Reply> wrong) {
        return switch (drawn) {
            case SecondFactors.Drawn.Codes(List<String> codes) ->
                html.page(200, visit.texts(), new View.Codes(codes, Paths.SECURITY));
            case SecondFactors.Drawn.Wrong() -> wrong.get();
        };
    }
}
