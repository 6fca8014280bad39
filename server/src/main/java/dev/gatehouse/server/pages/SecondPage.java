package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Factors;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.factor.SecondFactors;
import java.time.Duration;
import java.util.Optional;

/// The second thing that somebody proves itself by, after the password. Whether there is one is seen by nobody
/// who does not know the password.
record SecondPage(PageDesk desk, FormTokens tokens, Html html, Arrival arrival, FirstFactorPage first) {
    private static final String FORM = "second-factor";

    /// What comes after the first. Where a second is wanted no session would count without it (`Factors`), so
    /// none is opened: whoever has none sets one up, whoever has keys uses them.
    ///
    /// @param signIn where somebody begins anew
    Reply after(Visit visit, Optional<String> ask, Proven proven, SignInPage signIn) {
        if (desk.factors().of(proven.user()).totp().isPresent()) {
            return form(visit, 200, ask, proven, Optional.empty());
        }
        if (!Factors.wanted(visit.api(), proven.allowed().members())) {
            return arrival.proven(visit, ask, proven);
        }
        return first.without(visit, proven)
                ? first.seen(visit, ask, proven)
                : signIn.again(visit, 403, ask, proven.person().username(), "first.key");
    }

    private Reply form(Visit visit, int status, Optional<String> ask, Proven proven, Optional<String> problem) {
        View view = new View.Second(
                tokens.make(FORM, visit.holder()),
                ask,
                halfway().seal(visit, proven),
                proven.person().username(),
                problem.map(visit.texts()::of));
        return html.page(status, visit.texts(), view);
    }

    private Halfway halfway() {
        return new Halfway(tokens, desk.verifier());
    }

    /// A code.
    ///
    /// @param signIn where somebody begins anew
    Reply posted(Visit visit, Form form, SignInPage signIn) {
        Optional<String> ask = form.value("ask");
        if (ask.filter(text -> !Paths.isAsk(text)).isPresent()) {
            return signIn.replies().unreadable(visit.texts());
        }
        Optional<Proven> proven =
                tokens.good(FORM, visit.holder(), form.value("form").orElse(""))
                        ? halfway().open(visit, form.value("proof").orElse(""))
                        : Optional.empty();
        return proven.map(one -> checked(visit, ask, one, form.value("code").orElse("")))
                .orElseGet(() -> visit.visitor().isPresent() ? arrival.onwards(visit, ask) : signIn.anew(visit, ask));
    }

    private Reply checked(Visit visit, Optional<String> ask, Proven proven, String code) {
        return switch (desk.factors()
                .check(
                        proven.user(),
                        code,
                        proven.act(visit.http().id(), desk.store().clock().instant()))) {
            case SecondFactors.Checked.Right() -> arrival.proven(visit, ask, proven.andByCode());
            case SecondFactors.Checked.Wrong() -> {
                desk.observations().turnedAway(visit.http(), visit.api().name(), "second_factor");
                yield form(visit, 403, ask, proven, Optional.of("second.wrong"));
            }
            case SecondFactors.Checked.TooMany(Duration after) -> {
                desk.observations().turnedAway(visit.http(), visit.api().name(), "second_factor");
                yield form(visit, 429, ask, proven, Optional.of("sign-in.too-many"))
                        .with("Retry-After", Long.toString(after.toSeconds()));
            }
        };
    }
}
