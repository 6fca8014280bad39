package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client may be answered with, and where.
class ResponseTypeTest {
    private static final Set<GrantType> IMPLICIT = Set.of(GrantType.IMPLICIT);
    private static final List<RedirectUri> SITE = List.of(uri("https://app.example.com/cb"));

    private static RedirectUri uri(String text) {
        return RedirectUri.ofDevice(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"code, CODE", "id_token, ID_TOKEN", "id_token token, ID_TOKEN_TOKEN", "token id_token, ID_TOKEN_TOKEN"})
    void wordsHaveNoOrder(String wire, ResponseType type) {
        assertThat(ResponseType.of(wire)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "token",
                "none",
                "Code",
                "code code",
                "id_token id_token",
                "id_token  token",
                " code",
                "code id_token",
                "code token",
                "code id_token token"
            })
    void everythingElseIsNone(String wire) {
        assertThat(ResponseType.of(wire)).isEmpty();
    }

    /// RFC 7591 section 2.1.
    @Test
    void grantsAndResponseTypesFit() {
        Set<ResponseType> both = Set.of(ResponseType.CODE, ResponseType.ID_TOKEN);
        assertThat(ResponseType.unlike(both, Set.of(GrantType.AUTHORIZATION_CODE, GrantType.IMPLICIT)))
                .isEmpty();
        assertThat(ResponseType.unlike(both, IMPLICIT)).isPresent();
        assertThat(ResponseType.unlike(Set.of(ResponseType.CODE), IMPLICIT)).isPresent();
        assertThat(ResponseType.unlike(Set.of(), Set.of(GrantType.CLIENT_CREDENTIALS)))
                .isEmpty();
        assertThat(ResponseType.mistake(Set.of(ResponseType.ID_TOKEN), IMPLICIT, SITE))
                .isEmpty();
        assertThat(ResponseType.mistake(Set.of(), IMPLICIT, SITE)).isPresent();
        assertThat(ResponseType.mistake(Set.of(ResponseType.ID_TOKEN), Set.of(GrantType.AUTHORIZATION_CODE), SITE))
                .isPresent();
    }

    /// OpenID Connect Registration section 2.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/cb",
                "http://localhost/cb",
                "https://localhost/cb",
                "https://localhost:8443/cb",
                "https://app.localhost/cb",
                "https://127.0.0.1/cb",
                "com.example.app:/cb"
            })
    void tokensGoToTheClientsOwnSiteAlone(String place) {
        assertThat(ResponseType.ownSite(uri(place))).isFalse();
        assertThat(ResponseType.mistake(Set.of(ResponseType.ID_TOKEN), IMPLICIT, List.of(SITE.getFirst(), uri(place))))
                .contains(ResponseType.PLACE);
    }

    @Test
    void aSiteIsOneByItsName() {
        assertThat(ResponseType.ownSite(uri("https://localhost.emobix.co.uk:8443/cb")))
                .isTrue();
    }
}
