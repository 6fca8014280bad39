package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Clients that are answered without codes, and Apis that have such: read back as they were written, by everybody
/// who reads them.
public abstract class ImplicitClientContract extends GrantFixture {
    private static final List<Set<ResponseType>> ANSWERS = List.of(
            Set.of(ResponseType.ID_TOKEN),
            Set.of(ResponseType.ID_TOKEN_TOKEN),
            Set.of(ResponseType.ID_TOKEN, ResponseType.ID_TOKEN_TOKEN));

    private static final List<Set<GrantType>> GRANTS = List.of(
            Set.of(GrantType.IMPLICIT),
            Set.of(
                    GrantType.AUTHORIZATION_CODE,
                    GrantType.REFRESH_TOKEN,
                    GrantType.CLIENT_CREDENTIALS,
                    GrantType.IMPLICIT));

    private static ClientTerms answered(Set<GrantType> grants, Set<ResponseType> types) {
        ClientTerms usual = terms("https://app.example.com/cb");
        return new ClientTerms(
                usual.method(),
                grants,
                usual.redirects(),
                usual.afterLogout(),
                usual.pkceRequired(),
                usual.rules(),
                usual.messages(),
                usual.logout(),
                usual.openId().answered(types));
    }

    private static Application with(Application it, ClientTerms terms) {
        return new Application(
                it.id(),
                it.organization(),
                it.clientId(),
                it.name(),
                it.role(),
                terms,
                it.tokenLife(),
                it.standing(),
                it.createdAt());
    }

    /// As whoever administers it sees it, and as it is decided on.
    private void readBack(Application written) {
        assertThat(store().members().application(written.id())).contains(written);
        assertThat(store().facts().loadActor(written.id()))
                .isInstanceOfSatisfying(
                        Look.Known.class,
                        known -> assertThat(((Actor) known.value()).application())
                                .isEqualTo(written));
    }

    @Test
    void whatClientsAreAnsweredWithIsReadBackAsItWas() {
        int count = 0;
        for (Set<GrantType> grants : GRANTS) {
            for (Set<ResponseType> types : ANSWERS) {
                ClientTerms terms = answered(grants, types);
                Application made =
                        done(store().members().add(with(nouns.application(root(), "implicit" + count++), terms), act));
                assertThat(made.terms()).isEqualTo(terms);
                assertThat(ResponseType.mistake(types, grants, terms.redirects()))
                        .isEmpty();
                readBack(made);
            }
        }
    }

    @Test
    void whatIsTakenBackIsNoMore() {
        Application before = done(store().members()
                .add(with(nouns.application(root(), "app"), answered(GRANTS.getLast(), ANSWERS.getLast())), act));
        for (Set<ResponseType> types : ANSWERS) {
            before = done(store().members().replace(before, with(before, answered(GRANTS.getFirst(), types)), act));
            readBack(before);
        }
        ClientTerms code = terms("https://app.example.com/cb");
        Application after = done(store().members().replace(before, with(before, code), act));
        assertThat(after.terms().openId().implicit()).isEmpty();
        readBack(after);
    }

    @Test
    void whatAClientRegisteredIsReadBackAsItWas() {
        Api api = done(store().apis().add(nouns.api(root(), "orders"), act));
        Application application =
                with(nouns.application(root(), "registered"), answered(GRANTS.getLast(), ANSWERS.getLast()));
        Application made = done(store().registrations()
                .register(
                        application,
                        List.of(),
                        new Registered(application.id(), api.id(), Optional.of(digest()), "{}", act.at()),
                        List.of(),
                        10,
                        act));
        assertThat(made.terms()).isEqualTo(application.terms());
        readBack(made);
    }

    @Test
    void anApiThatHasThemSaysSoToEverybody() {
        Api api = nouns.api(root(), "orders");
        Api written = done(store().apis().add(saying(api, true), act));
        assertThat(written.clients().implicit()).isTrue();
        assertThat(rules(written)).isEqualTo(written.clients());
        Api after = done(store().apis().replace(saying(written, false), act));
        assertThat(after.clients().implicit()).isFalse();
        assertThat(rules(after)).isEqualTo(after.clients());
    }

    private ClientRules rules(Api which) {
        return store().apis().apis().stream()
                .filter(one -> one.id().equals(which.id()))
                .map(Api::clients)
                .findFirst()
                .orElseThrow();
    }

    private static Api saying(Api api, boolean implicit) {
        ClientRules was = api.clients();
        return api.requiring(new ClientRules(
                was.required(),
                was.nonces(),
                was.pushedLife(),
                was.profile(),
                was.registration(),
                was.certificates(),
                implicit));
    }
}
