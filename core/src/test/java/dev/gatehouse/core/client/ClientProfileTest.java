package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes with a profile, and what does not.
class ClientProfileTest {
    private static final List<RedirectUri> BACK = uris("https://app.example.com/cb", "http://127.0.0.1/cb");
    private static final ClientTerms GOOD = new ClientTerms(
            ClientMethod.PRIVATE_KEY_JWT,
            Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
            BACK,
            List.of(),
            true,
            Set.of(),
            ClientMessages.USUAL);

    record Bad(UnaryOperator<ClientTerms> change, String word) {
        @Override
        public String toString() {
            return word;
        }
    }

    private static List<RedirectUri> uris(String... texts) {
        return Stream.of(texts)
                .map(text -> RedirectUri.parse(text).orElseThrow())
                .toList();
    }

    private static ClientTerms with(
            ClientMethod method, List<RedirectUri> redirects, boolean pkce, ClientMessages messages) {
        return new ClientTerms(method, GOOD.grants(), redirects, List.of(), pkce, Set.of(), messages);
    }

    private static Bad method(ClientMethod method) {
        return new Bad(terms -> with(method, BACK, true, terms.messages()), "private_key_jwt");
    }

    private static Bad redirect(String uri) {
        return new Bad(terms -> with(terms.method(), uris(uri), true, terms.messages()), "redirect_uris");
    }

    private static Bad answer(SignedAnswer answer) {
        ClientMessages messages = new ClientMessages(Map.of(answer, SigningAlgorithm.RS256), Optional.empty());
        return new Bad(terms -> with(terms.method(), BACK, true, messages), answer.wire());
    }

    static Stream<Bad> bad() {
        ClientMessages requests = new ClientMessages(Map.of(), Optional.of(RequestAlgorithm.RS256));
        Stream<Bad> methods = Stream.of(ClientMethod.values())
                .filter(method -> method != ClientMethod.PRIVATE_KEY_JWT && !method.certified())
                .map(ClientProfileTest::method);
        Stream<Bad> answers = Stream.of(SignedAnswer.values()).map(ClientProfileTest::answer);
        Stream<Bad> others = Stream.of(
                redirect("com.example.app:/cb"),
                new Bad(
                        terms -> new ClientTerms(
                                terms.method(),
                                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE),
                                BACK,
                                List.of(),
                                true,
                                Set.of(),
                                terms.messages()),
                        "grant_types"),
                new Bad(
                        terms -> new ClientTerms(
                                terms.method(),
                                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.IMPLICIT),
                                uris("https://app.example.com/cb"),
                                List.of(),
                                true,
                                Set.of(),
                                terms.messages(),
                                LogoutTerms.NONE,
                                OpenIdTerms.NONE.answered(Set.of(ResponseType.ID_TOKEN))),
                        "implicit"),
                new Bad(terms -> with(terms.method(), BACK, false, terms.messages()), "pkce"),
                new Bad(terms -> with(terms.method(), BACK, true, requests), "request_object_signing_alg"));
        return Stream.of(methods, answers, others).flatMap(all -> all);
    }

    /// FAPI 2.0 Security Profile sections 5.3.2, 5.3.3, 5.4.1: each is refused by a sentence that names it.
    @ParameterizedTest
    @MethodSource("bad")
    void whatDoesNotGoWithItIsNamed(Bad bad) {
        ClientTerms terms = bad.change().apply(GOOD);
        assertThat(terms.unfit()).as("without a profile").isEmpty();
        for (ClientProfile profile : ClientProfile.values()) {
            assertThat(profile.mistake(terms).orElseThrow())
                    .startsWith("of the profile " + profile.wire() + ":")
                    .contains(bad.word());
        }
    }

    @Test
    void noApiOfItAnswersWithTokens() {
        ClientRules rules = new ClientRules(Set.of(), false, Duration.ofSeconds(60), Optional.of(ClientProfile.FAPI2));
        assertThat(rules.unfit()).isEmpty();
        assertThat(rules.answering(true).unfit().orElseThrow()).contains("implicit is left out");
        assertThat(ClientRules.NONE.answering(true).unfit()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ClientProfile.class)
    void whatGoesWithIt(ClientProfile profile) {
        assertThat(profile.mistake(GOOD)).isEmpty();
        Map<SignedAnswer, SigningAlgorithm> answers = Map.of(SignedAnswer.ID_TOKEN, SigningAlgorithm.ES256);
        for (RequestAlgorithm algorithm :
                List.of(RequestAlgorithm.PS256, RequestAlgorithm.ES256, RequestAlgorithm.EDDSA)) {
            ClientMessages messages = new ClientMessages(Optional.of(profile), answers, Optional.of(algorithm));
            assertThat(with(GOOD.method(), BACK, true, messages).unfit()).isEmpty();
        }
        ClientMessages own = new ClientMessages(Optional.of(profile), Map.of(), Optional.empty());
        assertThat(with(ClientMethod.SECRET_POST, BACK, true, own).unfit()).isPresent();
    }

    /// An Api's and a client's own: the stricter one counts.
    @Test
    void theStricterProfileCounts() {
        ClientTerms basic = keeping(Optional.of(ClientProfile.FAPI2));
        ClientTerms signing = keeping(Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING));
        ClientRules none = rules(Optional.empty());
        ClientRules fapi = rules(Optional.of(ClientProfile.FAPI2));
        ClientRules signed = rules(Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING));
        assertThat(none.profile(GOOD)).isEmpty();
        assertThat(none.profile(basic)).contains(ClientProfile.FAPI2);
        assertThat(fapi.profile(GOOD)).contains(ClientProfile.FAPI2);
        assertThat(fapi.profile(signing)).contains(ClientProfile.FAPI2_MESSAGE_SIGNING);
        assertThat(signed.profile(basic)).contains(ClientProfile.FAPI2_MESSAGE_SIGNING);
        assertThat(signed.profile(GOOD)).contains(ClientProfile.FAPI2_MESSAGE_SIGNING);
    }

    @Test
    void aProfileHasItsRulesInIt() {
        ClientTerms fapi = keeping(Optional.of(ClientProfile.FAPI2));
        ClientRules none = rules(Optional.empty());
        for (ClientRule rule : ClientRule.values()) {
            assertThat(none.require(rule, GOOD)).isFalse();
            assertThat(none.require(rule, fapi)).isEqualTo(rule == ClientRule.PUSHED);
            assertThat(rules(Optional.of(ClientProfile.FAPI2_MESSAGE_SIGNING)).require(rule))
                    .isEqualTo(rule == ClientRule.PUSHED || rule == ClientRule.SIGNED);
        }
        Optional<Confirmation> key = Optional.of(Confirmation.key("k"));
        Optional<Confirmation> certificate = Optional.of(Confirmation.certificate("c"));
        assertThat(none.allows(Optional.empty(), fapi)).isFalse();
        for (Optional<Confirmation> bound : List.of(key, certificate)) {
            assertThat(none.allows(bound, fapi)).isTrue();
        }
        assertThat(none.signing(SignedAnswer.ID_TOKEN, GOOD)).isEqualTo(SigningAlgorithm.RS256);
        assertThat(none.signing(SignedAnswer.ID_TOKEN, fapi)).isEqualTo(SigningAlgorithm.ES256);
    }

    @Test
    void whatClientsMaySignWith() {
        assertThat(List.of("PS256", "ES256", "EdDSA", "Ed25519")).allMatch(ClientProfile::signable);
        assertThat(List.of("RS256", "ES384", "ES512", "PS384", "HS256", "none", "ps256", ""))
                .noneMatch(ClientProfile::signable);
    }

    private static ClientTerms keeping(Optional<ClientProfile> profile) {
        return with(GOOD.method(), BACK, true, new ClientMessages(profile, Map.of(), Optional.empty()));
    }

    private static ClientRules rules(Optional<ClientProfile> profile) {
        return new ClientRules(Set.of(), false, Duration.ofSeconds(60), profile);
    }
}
