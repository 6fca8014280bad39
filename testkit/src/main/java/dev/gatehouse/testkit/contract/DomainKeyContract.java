package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Domain keys, and the pages that they let use an Api.
public abstract class DomainKeyContract extends StoreContract {
    private MemberStore members() {
        return store().members();
    }

    private boolean admitted(Api api, String origin) {
        return store().facts().pages(api.id()).admits(Origin.parse(origin).orElseThrow());
    }

    private Api api() {
        return done(store().apis().add(nouns.api(root(), "orders"), act));
    }

    private Application application() {
        return done(members().add(nouns.application(root(), "shop"), act));
    }

    private static Credential with(Credential it, OriginPattern... origins) {
        return new Credential(
                it.id(),
                it.holder(),
                it.organization(),
                it.kind(),
                it.name(),
                it.hint(),
                it.evidence(),
                it.reach(),
                new Restrictions(
                        it.restrictions().addresses(), it.restrictions().apis(), Restriction.only(List.of(origins))),
                it.standing(),
                it.createdAt());
    }

    @Test
    void whatIsAddedIsReadBackAsItWas() {
        Credential key = nouns.domainKey(application(), api().id(), "https://shop.example", "https://*.shop.example");
        assertThat(done(members().add(key, act))).isEqualTo(key);
        assertThat(facts(key.id()).credential()).isEqualTo(key.lean());
    }

    @Test
    void itsPagesAreKnownAtItsApisAsSoonAsItIsAddedAndUntilItIsRevoked() {
        Api api = api();
        Application application = application();
        assertThat(admitted(api, "https://shop.example")).isFalse();
        Credential key = done(members().add(nouns.domainKey(application, api.id(), "https://shop.example"), act));
        assertThat(admitted(api, "https://shop.example")).isTrue();
        assertThat(store().facts().pages(installed.admin().id()).isEmpty()).isTrue();
        done(members().hold(key.id(), Hold.OWNER, act));
        done(members().lift(key.id(), Hold.OWNER, act));
        assertThat(admitted(api, "https://shop.example")).isTrue();
        done(members().revoke(key.id(), act));
        assertThat(admitted(api, "https://shop.example")).isFalse();
    }

    @Test
    void whatTwoKeysShareStaysUntilBothAreRevoked() {
        Api api = api();
        Application application = application();
        Credential one = done(members().add(nouns.domainKey(application, api.id(), "https://shop.example"), act));
        Credential other = done(members().add(nouns.domainKey(application, api.id(), "https://shop.example"), act));
        done(members().revoke(one.id(), act));
        assertThat(admitted(api, "https://shop.example")).isTrue();
        done(members().revoke(other.id(), act));
        assertThat(admitted(api, "https://shop.example")).isFalse();
    }

    @Test
    void replacingItsOriginsReplacesItsPages() {
        Api api = api();
        Credential key = done(members().add(nouns.domainKey(application(), api.id(), "https://shop.example"), act));
        int before = trail().size();
        Credential replaced = done(members().replace(key, with(key, Nouns.origin("https://*.new.example")), act));
        audited(before, "credential.replace", key.id());
        assertThat(replaced.restrictions().origins())
                .isEqualTo(Restriction.only(List.of(Nouns.origin("https://*.new.example"))));
        assertThat(admitted(api, "https://shop.example")).isFalse();
        assertThat(admitted(api, "https://a.new.example")).isTrue();
        assertThat(admitted(api, "https://a.b.new.example")).isFalse();
    }

    @Test
    void itIsRotatedLikeEveryCredential() {
        Api api = api();
        Application application = application();
        Credential key = done(members().add(nouns.domainKey(application, api.id(), "https://shop.example"), act));
        Instant end = Nouns.NOW.plusSeconds(60);
        Credential successor = nouns.domainKey(application, api.id(), "https://shop.example");
        assertThat(done(members().rotate(key, end, successor, act))).isEqualTo(successor);
        assertThat(admitted(api, "https://shop.example")).isTrue();
    }

    /// However many keys one customer makes, those of others keep their pages.
    @Test
    void anOrganizationHasRoomForSoManyAndNoMore() {
        Api api = api();
        Application application = application();
        Credential first = done(members().add(nouns.domainKey(application, api.id(), "https://shop.example"), act));
        for (int i = 1; i < MemberStore.MAX_DOMAIN_KEYS; i++) {
            done(members().add(nouns.domainKey(application, api.id(), "https://p" + i + ".example"), act));
        }
        int before = trail().size();
        Credential more = nouns.domainKey(application, api.id(), "https://more.example");
        assertThat(members().add(more, act)).isInstanceOf(Stored.Full.class);
        assertThat(members().rotate(first, act.at().plusSeconds(60), more, act)).isInstanceOf(Stored.Full.class);
        assertThat(trail()).hasSize(before);
        assertThat(admitted(api, "https://more.example")).isFalse();
        Application other = done(members()
                .add(
                        nouns.application(
                                done(members().add(nouns.organization(root(), "Other"), act))
                                        .id(),
                                "other"),
                        act));
        done(members().add(nouns.domainKey(other, api.id(), "https://other.example"), act));
        assertThat(admitted(api, "https://other.example")).isTrue();
        done(members().rotate(first, act.at(), more, act));
        assertThat(admitted(api, "https://more.example")).isTrue();
    }

    @Test
    void aKeyAtAnApiThatIsNotThereLetsNobodyIn() {
        Api api = api();
        done(members().add(nouns.domainKey(application(), nouns.id(Kind.API), "https://shop.example"), act));
        assertThat(admitted(api, "https://shop.example")).isFalse();
    }
}
