package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenID Connect Core section 8.1. Nobody is of a site that users are not sent to.
class SectorTest {
    private static final Set<GrantType> CODE = EnumSet.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);

    private static Sector of(Set<GrantType> grants, Optional<String> list, String... redirects) {
        OpenIdTerms terms =
                new OpenIdTerms(true, list.flatMap(OpenIdTerms::sectorUri), List.of(), Optional.empty(), List.of());
        List<RedirectUri> uris = Stream.of(redirects)
                .map(uri -> RedirectUri.ofDevice(uri).orElseThrow())
                .toList();
        Sector sector = Sector.of(terms, grants, uris);
        assertThat(terms.mistake(grants, uris).isPresent()).isEqualTo(sector instanceof Sector.Unsure);
        return sector;
    }

    @Test
    void aSiteIsThatOfAllRedirectUrisOrOfTheList() {
        assertThat(of(CODE, Optional.empty(), "https://a.example/1", "https://a.example:8443/2"))
                .isEqualTo(new Sector.Site("a.example"));
        assertThat(of(CODE, Optional.empty(), "https://a.example/1", "https://b.example/2"))
                .isInstanceOf(Sector.Unsure.class);
        assertThat(of(CODE, Optional.of("https://c.example/l"), "https://a.example/1", "https://b.example/2"))
                .isEqualTo(new Sector.Site("c.example"));
    }

    /// Every device has these, and every program may listen there (RFC 8252 section 8.6).
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/cb", "http://[::1]/cb", "http://localhost/cb", "com.example.app:/cb"})
    void programsOfDevicesShareWithNobody(String redirect) {
        assertThat(of(CODE, Optional.empty(), redirect)).isEqualTo(new Sector.Own());
        assertThat(of(CODE, Optional.empty(), "https://a.example/1", redirect)).isEqualTo(new Sector.Own());
        assertThat(of(CODE, Optional.of("https://a.example/l"), "https://a.example/1", redirect))
                .isInstanceOf(Sector.Unsure.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = GrantType.class,
            names = {"DEVICE_CODE", "TOKEN_EXCHANGE"})
    void whoIsGivenUsersWithoutARedirectSharesWithNobody(GrantType elsewhere) {
        Set<GrantType> both = EnumSet.of(GrantType.AUTHORIZATION_CODE, elsewhere);
        assertThat(of(both, Optional.empty(), "https://bank.example/cb")).isEqualTo(new Sector.Own());
        assertThat(of(both, Optional.of("https://bank.example/l"), "https://bank.example/cb"))
                .isInstanceOf(Sector.Unsure.class);
        assertThat(of(Set.of(elsewhere), Optional.empty())).isEqualTo(new Sector.Own());
        assertThat(of(Set.of(elsewhere), Optional.of("https://bank.example/l"))).isInstanceOf(Sector.Unsure.class);
    }

    /// So that no list is passed over that nothing has to be in, whatever the client is called users by now.
    @Test
    void aListIsForSitesEvenOfWhoKnowsUsersAsEverybodyDoes() {
        OpenIdTerms terms = new OpenIdTerms(
                false, OpenIdTerms.sectorUri("https://bank.example/l"), List.of(), Optional.empty(), List.of());
        assertThat(terms.mistake(Set.of(GrantType.DEVICE_CODE), List.of())).isPresent();
        assertThat(OpenIdTerms.NONE.mistake(Set.of(GrantType.DEVICE_CODE), List.of()))
                .isEmpty();
    }
}
