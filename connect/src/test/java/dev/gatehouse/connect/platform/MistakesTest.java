package dev.gatehouse.connect.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.yaml.Mistake;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with a platform file is told with its place and what is allowed there.
class MistakesTest {
    private static final String GOOD = """
            platform: Example
            title: Example
            docs: https://docs.example.com/
            hosts: [api.example.com, "*.apps.example.com"]
            base: https://api.example.com/v1
            ways:
              key:
                fields:
                  token: {title: Token, pattern: "[a-z]+", example: abc}
                headers: {X-Token: "{token}"}
              oauth_internal: {}
            oauth:
              authorize: https://api.example.com/authorize
              token: https://api.example.com/token
              life: 1h
            verify: GET /me
            """;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("platform: Example", "platform: example", "f:1:11: platform looks like"),
                Arguments.of("title: Example", "titel: Example", "no key \"titel\" (did you mean title?)"),
                Arguments.of("title: Example\n", "", "the key title is missing"),
                Arguments.of("title: Example", "title: ' '", "a title is needed"),
                Arguments.of("docs: https:", "docs: http:", "docs is an https address"),
                Arguments.of("api.example.com, \"*.apps", "API.example.com, \"*.apps", "a host in small letters"),
                Arguments.of("\"*.apps.example.com\"", "\"*.com\"", "a host in small letters"),
                Arguments.of("[api.example.com, \"*.apps.example.com\"]", "[]", "at least one host"),
                Arguments.of("base: https://api.example.com", "base: https://evil.test", "evil.test is none of the"),
                Arguments.of("base: https://api", "base: http://api", "an address begins with https://"),
                Arguments.of("base: https://api", "base: https://user@api", "an address begins with https://"),
                Arguments.of("/v1", "/{token", "braces stand around the name"),
                Arguments.of("  key:\n", "  keys:\n", "no way \"keys\" (did you mean key?)"),
                Arguments.of("{title: Token", "{titel: Token", "the key title is missing"),
                Arguments.of("[a-z]+", "([a-z]+)+", "a pattern has no groups"),
                Arguments.of("[a-z]+", "[a-z", "this is no regular expression"),
                Arguments.of("example: abc", "example: ABC", "the example does not match the pattern"),
                Arguments.of("X-Token", "Host", "no header for credentials: \"Host\""),
                Arguments.of("X-Token", "Cookie", "no header for credentials: \"Cookie\""),
                Arguments.of("X-Token", "X Token", "no header for credentials"),
                Arguments.of("{token}\"", "{tokn}\"", "no field \"tokn\" (did you mean token?)"),
                Arguments.of("    headers: {X-Token: \"{token}\"}\n", "", "the credential is put nowhere"),
                Arguments.of("oauth_internal: {}", "oauth_internal: {grant: password}", "only the way user"),
                Arguments.of("authorize: https://api.example.com/authorize\n  ", "", "needs the key authorize"),
                Arguments.of("token: https://api", "token: https://b.api", "b.api.example.com is none of the hosts"),
                Arguments.of("life: 1h", "life: soon", "a duration stands here"),
                Arguments.of("life: 1h", "client: bsic", "no client \"bsic\" (did you mean basic?)"),
                Arguments.of("life: 1h", "pkce: yes please", "pkce is true or false"),
                Arguments.of("life: 1h", "parameters: {state: x}", "Gatehouse sets state itself"),
                Arguments.of("life: 1h", "answer: {host: instance}", "no field \"instance\""),
                Arguments.of("  oauth_internal: {}\n", "", "no way uses oauth"),
                Arguments.of("verify: GET", "verify: DELETE", "verify looks like"),
                Arguments.of("verify: GET /me", "retry: {after: X-A, at: X-B}", "after, a header with seconds, or at"),
                Arguments.of("verify: GET /me", "retry: {}", "after, a header with seconds, or at"),
                Arguments.of("verify: GET /me", "retry: {at: X A}", "at looks like"),
                Arguments.of("verify: GET /me", "retry: {aftr: X-A}", "no key \"aftr\" (did you mean after?)"),
                Arguments.of("oauth_internal: {}", "oauth_internal: &a {}", "anchors are not read"),
                Arguments.of("life: 1h", "issuer: acme", "an issuer begins with https://"),
                Arguments.of("title: Example", "title: Example\ntitle: Again", "is here twice"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isTold(String good, String wrong, String told) {
        assertThat(GOOD).contains(good);
        assertThat(mistakes(GOOD.replace(good, wrong))).anyMatch(mistake -> mistake.contains(told));
    }

    private static final String KEYS = """
            platform: Example
            title: Example
            docs: https://docs.example.com/
            hosts: [api.example.com]
            base: https://api.example.com/v1
            ways:
              jwt_bearer:
                fields: {client: {title: Client, secret: false}}
                assertion:
                  issuer: "{client}"
                  audience: https://api.example.com/token
                  life: 3m
              certificate:
                grant: client_credentials
            oauth:
              token: https://api.example.com/token
              client: none
            """;

    static Stream<Arguments> mistakesWithKeys() {
        return Stream.of(
                Arguments.of("issuer: \"{client}\"\n      ", "", "the key issuer is missing"),
                Arguments.of("\"{client}\"", "\"{cleint}\"", "no field \"cleint\" (did you mean client?)"),
                Arguments.of("\"{client}\"", "\"{private_key}\"", "private_key is not sent"),
                Arguments.of("life: 3m", "life: 2h", "an assertion lives at most an hour"),
                Arguments.of("life: 3m", "life: 29s", "an assertion lives 30 seconds at least"),
                Arguments.of("client: none", "token-parameters: {x: \"{private_key}\"}", "private_key is not sent"),
                Arguments.of("client: none", "scopes: [\"{certificate}\"]", "certificate is not sent"),
                Arguments.of(
                        "client: none", "answer: {k: private_key}", "private_key is not sent, and no answer has it"),
                Arguments.of("life: 3m", "life: long", "a duration stands here"),
                Arguments.of("life: 3m", "algorithm: RS265", "no algorithm \"RS265\" (did you mean RS256?)"),
                Arguments.of("life: 3m", "claims: {exp: now}", "Gatehouse sets exp itself"),
                Arguments.of("life: 3m", "lief: 3m", "no key \"lief\" (did you mean life?)"),
                Arguments.of(
                        "client: {title: Client, ", "private_key: {title: Key, ", "is there without being written"),
                Arguments.of("  certificate:\n", "  user:\n", "only the way user has a choice of grant"),
                Arguments.of(
                        "grant: client_credentials",
                        "assertion: {issuer: a, audience: b}",
                        "the way jwt_bearer needs the key assertion, and no other has it"),
                Arguments.of(
                        "grant: client_credentials", "headers: {X-Key: \"{private_key}\"}", "private_key is not sent"),
                Arguments.of("client: none", "client: basic", "has no field client_secret to authenticate with"));
    }

    @ParameterizedTest
    @MethodSource("mistakesWithKeys")
    void isToldOfKeys(String good, String wrong, String told) {
        assertThat(PlatformLoader.load("f", KEYS)).isInstanceOf(Loaded.Good.class);
        assertThat(KEYS).contains(good);
        assertThat(mistakes(KEYS.replace(good, wrong))).anyMatch(mistake -> mistake.contains(told));
    }

    private static final String OWN_SERVER = """
            platform: Example
            title: Example
            docs: https://docs.example.com/
            hosts: ["*"]
            base: "{instance_url}/v1"
            ways:
              user:
                grant: password
                fields:
                  instance_url: {title: URL, secret: false, pattern: "https://[a-z0-9./-]+", example: "https://a.example.com"}
                headers: {X-Token: "{access_token}"}
            oauth:
              token: "{instance_url}/token"
              client: none
            """;

    /// What the operator registered is for the platform's server alone.
    @Test
    void clientsSecretGoesToNoServerThatACustomerNames() {
        assertThat(PlatformLoader.load("f", OWN_SERVER)).isInstanceOf(Loaded.Good.class);
        for (String client : List.of("basic", "body")) {
            assertThat(mistakes(OWN_SERVER.replace("client: none", "client: " + client)))
                    .anyMatch(mistake -> mistake.contains("client secret would be sent"));
        }
        assertThat(PlatformLoader.load(
                        "f",
                        OWN_SERVER
                                .replace("client: none", "client: body")
                                .replace("{instance_url}/token", "https://login.example.com/token")))
                .isInstanceOf(Loaded.Good.class);
    }

    @Test
    void goodFileHasNone() {
        assertThat(PlatformLoader.load("f", GOOD)).isInstanceOf(Loaded.Good.class);
    }

    private static List<String> mistakes(String text) {
        return switch (PlatformLoader.load("f", text)) {
            case Loaded.Good good -> throw new AssertionError("loaded: " + good);
            case Loaded.Wrong(List<Mistake> mistakes) ->
                mistakes.stream().map(Mistake::toString).toList();
        };
    }
}
