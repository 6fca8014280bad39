package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tokens are bound to where more than one thing is proven, and which rules go together.
class BindingRulesTest {
    private static final Optional<Confirmation> KEY = Optional.of(Confirmation.key("k"));
    private static final Optional<Confirmation> CERTIFICATE = Optional.of(Confirmation.certificate("c"));
    private static final Offered BOTH = new Offered(KEY, CERTIFICATE);
    private static final Offered CONNECTION = new Offered(Optional.empty(), CERTIFICATE);

    private static ClientTerms keeping(Optional<ClientProfile> profile, ClientRule... rules) {
        return new ClientTerms(
                ClientMethod.PRIVATE_KEY_JWT,
                Set.of(GrantType.CLIENT_CREDENTIALS),
                List.of(),
                List.of(),
                true,
                Set.of(rules),
                new ClientMessages(profile, Map.of(), Optional.empty()));
    }

    private static ClientRules requiring(ClientRule... rules) {
        return new ClientRules(Set.of(rules), false, Duration.ofSeconds(60));
    }

    private static Optional<Confirmation> bound(ClientRules rules, Offered offered, ClientTerms terms) {
        return rules.binding(offered, Optional.empty(), terms);
    }

    @Test
    void aProofBindsAndACertificateWhereItIsWanted() {
        ClientTerms plain = keeping(Optional.empty());
        ClientTerms profile = keeping(Optional.of(ClientProfile.FAPI2));
        assertThat(bound(ClientRules.NONE, CONNECTION, plain))
                .as("many a connection has one")
                .isEmpty();
        assertThat(bound(ClientRules.NONE, BOTH, plain)).isEqualTo(KEY);
        assertThat(bound(ClientRules.NONE, BOTH, profile)).isEqualTo(KEY);
        assertThat(bound(ClientRules.NONE, CONNECTION, profile)).isEqualTo(CERTIFICATE);
        assertThat(bound(ClientRules.NONE, Offered.NONE, profile)).isEmpty();
    }

    /// Whose rule it is: a proof beside the certificate changes nothing.
    @Test
    void whereTheCertificateIsWantedItBinds() {
        ClientTerms own = keeping(Optional.empty(), ClientRule.CERTIFICATE_BOUND);
        ClientRules api = requiring(ClientRule.CERTIFICATE_BOUND);
        assertThat(bound(ClientRules.NONE, BOTH, own)).isEqualTo(CERTIFICATE);
        assertThat(bound(api, BOTH, keeping(Optional.empty()))).isEqualTo(CERTIFICATE);
        Optional<Confirmation> proof = bound(api, new Offered(KEY, Optional.empty()), keeping(Optional.empty()));
        assertThat(api.allows(proof, keeping(Optional.empty()))).isFalse();
    }

    @Test
    void whatIsExchangedStaysBoundAsItWas() {
        ClientTerms plain = keeping(Optional.empty());
        assertThat(ClientRules.NONE.binding(BOTH, CERTIFICATE, plain)).isEqualTo(CERTIFICATE);
        assertThat(ClientRules.NONE.binding(CONNECTION, CERTIFICATE, plain)).isEqualTo(CERTIFICATE);
        assertThat(ClientRules.NONE.binding(BOTH, KEY, plain)).isEqualTo(KEY);
        assertThat(ClientRules.NONE.binding(BOTH, Optional.of(Confirmation.certificate("d")), plain))
                .isEqualTo(KEY);
    }

    @Test
    void tokensAreBoundToOneThing() {
        ClientTerms terms = keeping(Optional.empty(), ClientRule.BOUND, ClientRule.CERTIFICATE_BOUND);
        assertThat(terms.unfit().orElseThrow()).contains(ClientRule.BOUND.wire());
        assertThat(requiring(ClientRule.BOUND, ClientRule.CERTIFICATE_BOUND)
                        .unfit()
                        .orElseThrow())
                .contains(ClientRule.BOUND.wire());
        for (ClientRule rule : ClientRule.values()) {
            assertThat(requiring(rule).unfit()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mtls.example.com/",
                "https://mtls.example.com/gw",
                "https://mtls.example.com?a=b",
                "https://mtls.example.com#a",
                "https://a@mtls.example.com",
                "http://mtls.example.com",
                "http://127.0.0.1",
                "com.example.app:/cb",
                "mtls.example.com",
                ""
            })
    void certificatesAreAskedForRightBelowAHost(String wrong) {
        assertThat(ClientRules.base(wrong)).isEmpty();
    }

    @Test
    void theHostIsSpeltAsCallersDo() {
        assertThat(ClientRules.base("https://mtls.example.com:8443")).contains("https://mtls.example.com:8443");
        assertThat(ClientRules.host("https://mtls.example.com:8443")).isEqualTo("mtls.example.com:8443");
        assertThat(ClientRules.host("https://mtls.example.com:443")).isEqualTo("mtls.example.com");
        assertThat(ClientRules.host("https://mtls.example.com")).isEqualTo("mtls.example.com");
    }
}
