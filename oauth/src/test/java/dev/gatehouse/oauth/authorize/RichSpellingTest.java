package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.testkit.Payments;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When two texts in authorization details are the same (RFC 9396).
final class RichSpellingTest extends RichFlow {
    private Api api(String format) {
        return format.equals("jwt") ? world.api : world.sealed;
    }

    /// Section 12: nothing is normalized, so two spellings that look the same are two.
    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void whatLooksTheSameIsSomethingElse(String format) {
        String composed = ONE.replace("Merchant", "Zo\u00eb");
        String apart = ONE.replace("Merchant", "Zoe\u0308");
        Api api = stored(with(api(format), Map.of(Payments.TYPE, Payments.remembered(Optional.empty()))));
        Reply tokens = token(redeeming(allowed(ask(asking(composed), api), api)), api);
        assertThat(told(tokens)).asString().contains("Zo\u00eb").doesNotContain("Zoe");
        String refresh = text(tokens, "refresh_token");
        refused(refresh(refresh, details(apart), api), 400, ERROR);
        assertThat(told(refresh(refresh, details(composed), api))).isEqualTo(told(tokens));
        assertThat(answer(ask(asking(composed), api))).containsKey("code");
        assertThat(ask(asking(apart), api)).isInstanceOf(AuthorizeStep.Consent.class);
    }
}
