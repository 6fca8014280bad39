package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.factor.SecondFactors;
import dev.gatehouse.oauth.passkey.Site;
import java.util.List;
import java.util.Optional;

/// Setting up the first second factor, where the organization wants one and there is none yet (ADR 0032): after the
/// password and before anything is open. Whoever has one shows that instead (GAUNTLET L04).
record FirstFactorPage(PageDesk desk, FormTokens tokens, Html html, Arrival arrival) {
    private static final String FORM = "first-factor";

    Reply seen(Visit visit, Optional<String> ask, Proven proven) {
        return form(visit, 200, ask, proven, desk.factors().draw(), Optional.empty());
    }

    private Reply form(
            Visit visit, int status, Optional<String> ask, Proven proven, String secret, Optional<String> problem) {
        View view = new View.FirstFactor(
                tokens.make(FORM, visit.holder()),
                ask,
                halfway().seal(visit, proven),
                AppSecret.sealed(tokens, visit, secret),
                AppSecret.shown(html.provider(), proven.person().username(), secret),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    private Halfway halfway() {
        return new Halfway(tokens, desk.verifier());
    }

    /// A code of the app.
    ///
    /// @param signIn where somebody begins anew
    Reply posted(Visit visit, Form form, SignInPage signIn) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return signIn.replies().unreadable(visit.texts());
        }
        Optional<Proven> proven =
                tokens.good(FORM, visit.holder(), form.value("form").orElse(""))
                        ? halfway().open(visit, form.value("proof").orElse("")).filter(one -> without(visit, one))
                        : Optional.empty();
        Optional<String> secret =
                AppSecret.opened(tokens, visit, form.value("secret").orElse(""));
        return proven.isEmpty() || secret.isEmpty()
                ? visit.visitor().isPresent() ? arrival.onwards(visit, ask) : signIn.anew(visit, ask)
                : enrolled(
                        visit,
                        ask,
                        proven.get(),
                        secret.get(),
                        form.value("code").orElse(""),
                        signIn);
    }

    /// Whether somebody has nothing that it could show.
    boolean without(Visit visit, Proven proven) {
        return desk.factors().of(proven.user()).totp().isEmpty() && !keys(visit, proven);
    }

    /// Whether somebody has a key that is enough here: one that this browser can show, and that was not made by
    /// whoever knew the password alone.
    private boolean keys(Visit visit, Proven proven) {
        Optional<String> site = Site.of(visit.api()).map(Site::id);
        return desk.store().passkeys().passkeys(proven.user()).stream()
                .filter(key -> key.sure() && site.filter(key.site()::equals).isPresent())
                .anyMatch(key -> key.descendsFrom(proven.allowed().lineage()));
    }

    private Reply enrolled(
            Visit visit, Optional<String> ask, Proven proven, String secret, String code, SignInPage signIn) {
        return switch (desk.factors()
                .enrolFirst(
                        proven.user(),
                        secret,
                        code,
                        proven.act(visit.http().id(), desk.store().clock().instant()))) {
            case SecondFactors.Drawn.Codes(List<String> codes) ->
                codes(visit, codes, arrival.proven(visit, ask, proven.andByCode()));
            case SecondFactors.Drawn.There() -> signIn.second().after(visit, ask, proven, signIn);
            case SecondFactors.Drawn.Wrong() -> form(visit, 403, ask, proven, secret, Optional.of("first.wrong"));
        };
    }

    /// The recovery codes come before the way on, with the login that is open now.
    private Reply codes(Visit visit, List<String> codes, Reply arrived) {
        return Replies.location(arrived)
                .map(to -> {
                    Reply page = html.page(200, visit.texts(), new View.Codes(codes, to));
                    return arrived.headers().stream()
                            .filter(header -> header.name().equals("Set-Cookie"))
                            .reduce(
                                    page,
                                    (reply, header) -> reply.with(header.name(), header.value()),
                                    (_, last) -> last);
                })
                .orElse(arrived);
    }
}
