package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which terms of a client go together.
class ClientTermsTest {
    private static final Set<GrantType> CODE = Set.of(GrantType.AUTHORIZATION_CODE);
    private static final List<RedirectUri> BACK =
            List.of(RedirectUri.parse("https://app.example.com/cb").orElseThrow());

    private static Optional<String> mistake(
            ClientMethod method, Set<GrantType> grants, List<RedirectUri> redirects, boolean pkce) {
        return ClientTerms.mistake(method, grants, redirects, List.of(), pkce);
    }

    @Test
    void whatGoesTogether() {
        assertThat(mistake(ClientMethod.NONE, CODE, BACK, true)).isEmpty();
        assertThat(mistake(ClientMethod.SECRET_BASIC, CODE, BACK, false)).isEmpty();
        assertThat(mistake(ClientMethod.SECRET_POST, Set.of(GrantType.CLIENT_CREDENTIALS), List.of(), true))
                .isEmpty();
        assertThat(mistake(ClientMethod.SECRET, Set.of(), List.of(), true)).isEmpty();
    }

    /// RFC 6749 section 4.4, RFC 9700 section 2.1.1, GAUNTLET C07.
    @Test
    void aPublicClientHasNothingOfItsOwnAndAlwaysUsesPkce() {
        assertThat(mistake(ClientMethod.NONE, CODE, BACK, false)).isPresent();
        for (GrantType own : List.of(GrantType.CLIENT_CREDENTIALS, GrantType.TOKEN_EXCHANGE)) {
            assertThat(mistake(ClientMethod.NONE, Set.of(own), List.of(), true)).isPresent();
        }
    }

    @Test
    void codesAndRedirectUrisBelongTogether() {
        assertThat(mistake(ClientMethod.SECRET, CODE, List.of(), true)).isPresent();
        assertThat(mistake(ClientMethod.SECRET, Set.of(), BACK, true)).isPresent();
        assertThat(mistake(ClientMethod.SECRET, Set.of(GrantType.REFRESH_TOKEN), List.of(), true))
                .isPresent();
        assertThatThrownBy(() -> new ClientTerms(ClientMethod.NONE, CODE, BACK, List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// GAUNTLET C04: one method and no other.
    @Test
    void aPinnedMethodIsTheOnlyOne() {
        assertThat(ClientMethod.SECRET_BASIC.admits(ClientMethod.SECRET_POST)).isFalse();
        assertThat(ClientMethod.SECRET_POST.admits(ClientMethod.SECRET_BASIC)).isFalse();
        for (ClientMethod shown : List.of(ClientMethod.SECRET, ClientMethod.SECRET_BASIC, ClientMethod.SECRET_POST)) {
            assertThat(ClientMethod.NONE.admits(shown)).isFalse();
            assertThat(shown.admits(ClientMethod.NONE)).isFalse();
            assertThat(ClientMethod.SECRET.admits(shown)).isTrue();
        }
    }

    /// The policy of a page that has it in a frame could not name it.
    @Test
    void noBrowserLoadsANumericAddressOfIpv6() {
        List<RedirectUri> redirects = List.of(
                RedirectUri.parse("http://[::1]/cb").orElseThrow(),
                RedirectUri.parse("http://127.0.0.1/cb").orElseThrow());
        assertThat(front("http://127.0.0.1/out").mistake(redirects)).isEmpty();
        assertThat(front("http://[::1]/out").mistake(redirects)).isPresent();
    }

    private static LogoutTerms front(String uri) {
        return new LogoutTerms(Optional.empty(), false, LogoutTerms.uri(uri), false);
    }
}
