package dev.gatehouse.oauth.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.store.GrantStore;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What codes, refreshing and asking about the user are charged.
class LimitedRefreshTest extends GrantFlow {
    private Reply granted() {
        return redeem(code(world.confidential, "offline_access openid orders:read"));
    }

    private static Api onceAnHour(Api api) {
        return api.with(new Limits(Optional.of(new Rate(1, 3600, 1)), Optional.empty(), Optional.empty()));
    }

    private Reply limited(String code) {
        return world.tokens.answer(post(redeeming(code)), onceAnHour(world.api));
    }

    /// GAUNTLET O10: what is told to ask again later can.
    @Test
    void whatIsTooMuchBurnsNoCode() {
        assertThat(limited(code(world.confidential, "orders:read")).status()).isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(59).plusSeconds(30));
        String code = code(world.confidential, "orders:read");
        refused(limited(code), 429, "temporarily_unavailable");
        world.clock.advance(Duration.ofSeconds(30));
        assertThat(limited(code).status()).isEqualTo(200);
        refused(limited(code), 400, "invalid_grant");
    }

    private Reply limited(Reply before) {
        return world.tokens.answer(
                post("grant_type=refresh_token&refresh_token=" + text(before, "refresh_token") + conf()),
                onceAnHour(world.api));
    }

    @Test
    void refreshingIsChargedAndWhatIsTooMuchCostsNoRotation() {
        Reply second = limited(granted());
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.headers()).contains(new Header("RateLimit", "\"credential\";r=0;t=3600"));
        refused(limited(second), 429, "temporarily_unavailable");
        world.clock.advance(Duration.ofHours(1));
        assertThat(limited(second).status()).isEqualTo(200);
    }

    @Test
    void whatCouldNotBeRotatedIsGivenBack() {
        Reply first = granted();
        world.rotates = false;
        refused(limited(first), 503, "temporarily_unavailable");
        world.rotates = true;
        assertThat(limited(first).status()).isEqualTo(200);
    }

    @Test
    void askingAboutTheUserIsCharged() {
        String token = text(granted(), "access_token");
        Reply told = userInfo(token, onceAnHour(world.api));
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.headers()).contains(new Header("RateLimit", "\"credential\";r=0;t=3600"));
        Reply tooMuch = userInfo(token, onceAnHour(world.api));
        assertThat(tooMuch.status()).isEqualTo(429);
        assertThat(tooMuch.headers()).contains(new Header("Retry-After", "3600"));
    }

    @Test
    void aTokenThatWasUsedBeforeIsNotCharged() {
        Reply first = granted();
        refresh(text(first, "refresh_token"));
        world.clock.advance(GrantStore.GRACE);
        refused(limited(first), 400, "invalid_grant");
        assertThat(limited(granted()).status()).isEqualTo(200);
    }
}
