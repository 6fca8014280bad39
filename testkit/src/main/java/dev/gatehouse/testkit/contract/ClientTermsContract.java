package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Hold;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What applications may do as clients: kept with them, and a fact.
public abstract class ClientTermsContract extends GrantFixture {
    private Actor actor(Id application) {
        return switch (store().facts().loadActor(application)) {
            case Look.Known<Actor>(Actor actor) -> actor;
            case Look.Absent<Actor>() -> throw new AssertionError("no such application");
            case Look.Cold<Actor>() -> throw new AssertionError("loadActor answered cold");
        };
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

    @Test
    void termsAreReadBackAsTheyWere() {
        Application application = application("app");
        assertThat(application.terms()).isEqualTo(terms("https://app.example.com/cb"));
        assertThat(store().members().application(application.id())).contains(application);
        Application machine = done(store().members().add(nouns.application(root(), "machine"), act));
        assertThat(machine.terms()).isEqualTo(ClientTerms.MACHINE);
    }

    @Test
    void whatIsSaidOfRequestsToPeopleIsReadBackAsItWas() {
        Application application = application("app");
        for (BackchannelTerms said : List.of(
                new BackchannelTerms(
                        true,
                        BackchannelTerms.notified("https://app.example.com/told?a=b"),
                        Optional.of(RequestAlgorithm.ES256),
                        true),
                new BackchannelTerms(false, Optional.empty(), Optional.of(RequestAlgorithm.PS256), false),
                new BackchannelTerms(false, Optional.empty(), Optional.empty(), true))) {
            ClientTerms terms = new ClientTerms(
                            ClientMethod.SECRET_POST, Set.of(GrantType.CIBA), List.of(), List.of(), true)
                    .saying(OpenIdTerms.NONE.sending(said));
            application = done(store().members().replace(application, with(application, terms), act));
            assertThat(store().members()
                            .application(application.id())
                            .orElseThrow()
                            .terms())
                    .isEqualTo(terms);
        }
        assertThat(trail().getFirst().detail()).contains("backchannel_user_code_parameter");
    }

    @Test
    void otherTermsAreAFactAtOnceAndSayWhatDiffersInTheTrail() {
        Application before = application("app");
        assertThat(actor(before.id()).application()).isEqualTo(before);
        ClientTerms other = terms("https://app.example.com/other");
        Application after = done(store().members().replace(before, with(before, other), act));
        assertThat(after.terms()).isEqualTo(other);
        assertThat(actor(before.id()).application()).isEqualTo(after);
        assertThat(trail().getFirst().detail())
                .contains("\"redirect_uris\":\"https://app.example.com/other\"")
                .doesNotContain("grants");
        int rows = trail().size();
        done(store().members().replace(after, with(after, other), act));
        assertThat(trail()).hasSize(rows);
    }

    @Test
    void whatItIsAnsweredWithBesidesCodesIsATermToo() {
        Application before = application("app");
        ClientTerms code = before.terms();
        ClientTerms direct = new ClientTerms(
                code.method(),
                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.IMPLICIT),
                code.redirects(),
                code.afterLogout(),
                code.pkceRequired(),
                code.rules(),
                code.messages(),
                code.logout(),
                code.openId().answered(Set.of(ResponseType.ID_TOKEN_TOKEN)));
        Application after = done(store().members().replace(before, with(before, direct), act));
        assertThat(store().members().application(before.id())).contains(after);
        assertThat(actor(before.id()).application().terms()).isEqualTo(direct);
        assertThat(trail().getFirst().detail()).contains("\"response_types\":\"id_token token\"", "implicit");
    }

    @Test
    void anApplicationIsFoundByItsPublicIdAndAllAboveIt() {
        Application application = application("app");
        assertThat(store().facts().loadClient("app")).isEqualTo(new Look.Known<>(application.id()));
        assertThat(store().facts().loadClient("App")).isInstanceOf(Look.Absent.class);
        assertThat(actor(application.id()).chain()).containsExactly(installed.root());
        done(store().members().hold(application.id(), Hold.OWNER, act));
        assertThat(actor(application.id()).application().standing().holds()).containsExactly(Hold.OWNER);
        assertThat(store().facts().loadActor(nouns.id(Kind.APPLICATION))).isInstanceOf(Look.Absent.class);
    }
}
