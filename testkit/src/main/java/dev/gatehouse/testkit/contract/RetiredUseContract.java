package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.RetiredUseStore.Use;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/// Who still calls routes that go.
public abstract class RetiredUseContract extends StoreContract {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private RetiredUseStore uses() {
        return store().retiredUses();
    }

    private Use use(Id api, String path, Id credential, LocalDate day) {
        return new Use(api, path, credential, root(), day);
    }

    @Test
    void theFirstUseOfADayLeavesAnAuditRowAndNoOther() {
        Id api = nouns.id(Kind.API);
        Id credential = nouns.id(Kind.CREDENTIAL);
        int before = trail().size();
        assertThat(uses().used(use(api, "/v1/**", credential, DAY), act)).isTrue();
        audited(before, "api.retired_use", credential);
        assertThat(uses().used(use(api, "/v1/**", credential, DAY), act)).isFalse();
        assertThat(uses().used(use(api, "/v1/**", credential, DAY.minusDays(1)), act))
                .as("a node whose day is over late")
                .isFalse();
        assertThat(trail()).hasSize(before + 1);
        assertThat(uses().used(use(api, "/v1/**", credential, DAY.plusDays(1)), act))
                .isTrue();
        assertThat(uses().used(use(api, "/v2/**", credential, DAY), act)).isTrue();
        assertThat(trail()).hasSize(before + 3);
    }

    @Test
    void usesOfAnApiAreListedLastDayFirst() {
        Id api = nouns.id(Kind.API);
        Use early = use(api, "/v1/**", nouns.id(Kind.CREDENTIAL), DAY);
        Use late = use(api, "/v1/**", nouns.id(Kind.CREDENTIAL), DAY.plusDays(1));
        uses().used(early, act);
        uses().used(late, act);
        uses().used(use(nouns.id(Kind.API), "/v1/**", early.credential(), DAY), act);
        assertThat(uses().uses(api)).containsExactly(late, early);
        Use again = use(api, "/v1/**", early.credential(), DAY.plusDays(2));
        uses().used(again, act);
        assertThat(uses().uses(api)).containsExactly(again, late);
    }

    @Test
    void whoHasNotCalledForLongIsForgotten() {
        Id api = nouns.id(Kind.API);
        Use old = use(api, "/v1/**", nouns.id(Kind.CREDENTIAL), DAY);
        uses().used(old, act);
        Use late = use(api, "/v1/**", nouns.id(Kind.CREDENTIAL), DAY.plusDays(RetiredUseStore.KEPT_DAYS));
        uses().used(late, act);
        assertThat(uses().uses(api)).containsExactly(late, old);
        Use later = use(api, "/v1/**", late.credential(), DAY.plusDays(RetiredUseStore.KEPT_DAYS + 1L));
        uses().used(later, act);
        assertThat(uses().uses(api)).containsExactly(later);
    }

    @Test
    void usesEndWithTheirApi() {
        Api api = done(store().apis().add(nouns.api(root(), "orders"), act));
        uses().used(use(api.id(), "/v1/**", nouns.id(Kind.CREDENTIAL), DAY), act);
        done(store().apis().delete(api, act));
        assertThat(uses().uses(api.id())).isEmpty();
    }
}
