package dev.gatehouse.connect.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.testkit.contract.Nouns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The credential goes where the platform's file says and nowhere else (GAUNTLET J08).
class PlatformCallTest {
    private static final String FILE = """
            platform: Acme
            title: Acme
            docs: https://docs.acme.example/
            hosts: [api.acme.example, "*.apps.acme.example"]
            base: https://api.acme.example/v1
            ways:
              key:
                fields:
                  shop: {title: Shop, secret: false}
                  key: {title: Key}
                base: "https://{shop}.apps.acme.example/v1/"
                headers: {X-Key: "{key}"}
                query: {api_key: "{key}"}
              user:
                basic: {user: "{username}/x", password: "{password}"}
              oauth_external: {}
            """;

    private static Usable.Ready ready(ConnectionKind kind, Map<String, String> parts) {
        Platform platform = switch (PlatformLoader.load("Acme.yaml", FILE)) {
            case Loaded.Good(Platform good) -> good;
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
        Nouns nouns = new Nouns(3);
        Connection connection = nouns.connection(nouns.id(Kind.ORGANIZATION), "crm");
        return new Usable.Ready(
                connection,
                platform,
                Optional.ofNullable(platform.ways().get(kind)).orElseThrow(),
                Parts.of(parts));
    }

    private static Usable.Ready token() {
        return ready(ConnectionKind.OAUTH_EXTERNAL, Map.of("access_token", "t0ken"));
    }

    private static PlatformCall call(String path, String query, Header... headers) {
        return new PlatformCall(
                "GET", path, Optional.of(query).filter(text -> !text.isEmpty()), List.of(headers), Bytes.NONE);
    }

    private static List<String> lines(EgressRequest request) {
        return request.headers().stream()
                .map(header -> header.name() + ": " + header.value())
                .toList();
    }

    @Test
    void tokenIsInTheAuthorizationHeader() {
        EgressRequest request = call("/contacts", "a=b").with(token(), 100).orElseThrow();
        assertThat(request.url()).isEqualTo("https://api.acme.example/v1/contacts?a=b");
        assertThat(lines(request)).containsExactly("Authorization: Bearer t0ken");
    }

    @Test
    void keyIsWhereTheFileSays() {
        EgressRequest request = call("/contacts", "")
                .with(ready(ConnectionKind.KEY, Map.of("shop", "shoes", "key", "a&b")), 100)
                .orElseThrow();
        assertThat(request.url()).isEqualTo("https://shoes.apps.acme.example/v1/contacts?api_key=a%26b");
        assertThat(lines(request)).containsExactly("X-Key: a&b");
    }

    @Test
    void userAndPasswordAreBasic() {
        EgressRequest request = call("/contacts", "")
                .with(ready(ConnectionKind.USER, Map.of("username", "ann", "password", "p:w")), 100)
                .orElseThrow();
        assertThat(lines(request)).containsExactly("Authorization: Basic YW5uL3g6cDp3");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, Basic x",
        "authorization, x",
        "AUTHORIZATION, x",
        "Cookie, a=b",
        "Host, evil.test",
        "Connection, X-Key",
        "HTTP2-Settings, AAEAAEAAAAIAAAAB",
        "Transfer-Encoding, chunked",
        "X-Forwarded-For, 1.2.3.4",
        "X_Forwarded_For, 1.2.3.4",
        "Forwarded, for=x",
        "X-Gatehouse-Organization, org_x",
        "Proxy-Authorization, x",
        "X-HTTP-Method-Override, DELETE",
        "XHttpMethodOverride, DELETE",
        "X-Original-Url, /x",
        "Origin, https://page.test",
        "Referer, https://page.test/"
    })
    void whatTheCallerSaysOfItselfIsNotPassed(String name, String value) {
        EgressRequest request = call("/contacts", "", new Header(name, value), new Header("X-Other", "kept"))
                .with(token(), 100)
                .orElseThrow();
        assertThat(lines(request)).containsExactly("X-Other: kept", "Authorization: Bearer t0ken");
    }

    @Test
    void whatIsForTheNextHopAloneIsNotPassed() {
        EgressRequest request = call(
                        "/contacts", "", new Header("Connection", "close, X-Hop"), new Header("x-hop", "1"))
                .with(token(), 100)
                .orElseThrow();
        assertThat(lines(request)).containsExactly("Authorization: Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k&y 1+", "?api_key=k%26y+1%2B", "?api_key=k%26y%201%2B", "ayZ5IDEr"})
    void answersThatRepeatTheKeyInWhateverFormAreNotPassed(String repeated) {
        Usable.Ready ready = ready(ConnectionKind.KEY, Map.of("shop", "shoes", "key", "k&y 1+"));
        assertThat(AnswerHeaders.passed(
                        List.of(new Header("Link", "<https://x.test/" + repeated + ">"), new Header("X-Shop", "shoes")),
                        ready))
                .containsExactly(new Header("X-Shop", "shoes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Key", "x-key", "X_Key", "x.key"})
    void headerOfTheCredentialIsThePlatformsAlone(String name) {
        EgressRequest request = call("/contacts", "", new Header(name, "mine"))
                .with(ready(ConnectionKind.KEY, Map.of("shop", "shoes", "key", "k")), 100)
                .orElseThrow();
        assertThat(lines(request)).containsExactly("X-Key: k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"api_key=mine", "a=b&api_key=mine", "API_KEY=mine", "api_key", "api%5Fkey=mine", "%61pi_key=x"})
    void parameterOfTheCredentialMakesNoCall(String query) {
        assertThat(call("/contacts", query).with(ready(ConnectionKind.KEY, Map.of("shop", "shoes", "key", "k")), 100))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "contacts",
                "//evil.test/x",
                "/../admin",
                "/a/../b",
                "/a/./b",
                "/a//b",
                "/a\\b",
                "/a;b",
                "/%2e%2e/x",
                "/a%2fb",
                "/a b",
                "/a\r\nHost: evil.test",
                "@evil.test/x",
                "https://evil.test/",
                "/a?b",
                "/a#b",
                "/%00"
            })
    void pathThatIsNotCanonicalMakesNoCall(String path) {
        assertThat(call(path, "").with(token(), 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a b", "a\r\nb", "é"})
    void queryThatIsNoneMakesNoCall(String query) {
        assertThat(call("/contacts", query).with(token(), 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.test/",
                "evil.test#",
                "evil.test?",
                "a.b",
                "x@evil.test/",
                "evil.test\\",
                "EVIL",
                "",
                "a/../b",
                "shoes.apps.acme.example/../x"
            })
    void partThatLeadsElsewhereMakesNoCall(String shop) {
        assertThat(call("/contacts", "").with(ready(ConnectionKind.KEY, Map.of("shop", shop, "key", "k")), 100))
                .isEmpty();
    }

    @Test
    void partThatIsMissingMakesNoCall() {
        assertThat(call("/contacts", "").with(ready(ConnectionKind.KEY, Map.of("shop", "shoes")), 100))
                .isEmpty();
    }
}
