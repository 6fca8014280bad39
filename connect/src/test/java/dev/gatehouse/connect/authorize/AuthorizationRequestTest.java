package dev.gatehouse.connect.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.connect.refresh.Parts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.core.secret.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a browser is sent, and what it may come back with.
class AuthorizationRequestTest {
    private static final Ticket TICKET = new Ticket(new Id(Kind.CONNECT_SESSION, 7), Secret.of("s".repeat(43)));

    private static Platform platform(String oauth) {
        String file = """
                platform: Acme
                title: Acme
                docs: https://docs.acme.example/
                hosts: ["*.acme.example"]
                base: https://api.acme.example
                ways:
                  oauth_internal:
                    fields: {shop: {title: Shop, secret: false}}
                oauth:
                  token: https://id.acme.example/token
                """ + oauth.indent(2);
        return switch (PlatformLoader.load("Acme.yaml", file)) {
            case Loaded.Good(Platform platform) -> platform;
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes);
        };
    }

    private static AuthorizationRequest request(Platform platform, String shop) {
        return new AuthorizationRequest(
                platform,
                platform.ways().get(ConnectionKind.OAUTH_INTERNAL),
                Parts.of(Map.of("shop", shop)),
                "client 1",
                "https://api.example/oauth2/connect/Acme/callback");
    }

    @Test
    void everythingIsEncodedAndScopesAreApartAsTheFileSays() {
        Platform platform = platform("""
                authorize: https://{shop}.acme.example/authorize?version=2
                separator: ","
                scopes: ["a:b", "c d"]
                parameters: {access_type: offline, shop: "{shop}"}
                """);
        assertThat(request(platform, "corner").url(TICKET))
                .hasValue("https://corner.acme.example/authorize?version=2&response_type=code&client_id=client%201"
                        + "&redirect_uri=https%3A%2F%2Fapi.example%2Foauth2%2Fconnect%2FAcme%2Fcallback"
                        + "&scope=a%3Ab%2Cc%20d&state=" + TICKET.state()
                        + parameters(request(platform, "corner").url(TICKET).orElseThrow()));
        assertThat(request(platform, "corner").origin()).hasValue("https://corner.acme.example");
    }

    private static String parameters(String url) {
        return url.endsWith("&shop=corner&access_type=offline")
                ? "&shop=corner&access_type=offline"
                : "&access_type=offline&shop=corner";
    }

    /// GAUNTLET J08: a field does not lead a browser elsewhere.
    @ParameterizedTest
    @ValueSource(strings = {"evil.test/", "evil.test#", "evil.test?", "a.b", "evil.test\\", ""})
    void noFieldLeadsElsewhere(String shop) {
        AuthorizationRequest request = request(platform("authorize: https://{shop}.acme.example/authorize"), shop);
        assertThat(request.url(TICKET)).isEmpty();
        assertThat(request.origin()).isEmpty();
    }

    @Test
    void aChallengeIsSentWhereThePlatformKnowsThem() {
        String without = request(platform("authorize: https://id.acme.example/"), "x")
                .url(TICKET)
                .orElseThrow();
        String with = request(platform("authorize: https://id.acme.example/\npkce: true"), "x")
                .url(TICKET)
                .orElseThrow();
        assertThat(without).doesNotContain("code_challenge");
        assertThat(with)
                .contains("&code_challenge=" + TICKET.challenge() + "&code_challenge_method=S256")
                .doesNotContain(TICKET.verifier().reveal());
    }

    /// RFC 9207 section 2.4.
    @ParameterizedTest
    @CsvSource({
        "https://id.acme.example, https://id.acme.example, true",
        "https://id.acme.example, https://id.acme.example/, false",
        "https://id.acme.example, https://api.acme.example, false",
        "https://id.acme.example, , false",
        ", https://id.acme.example, true",
        ", https://evil.test, false",
        ", , true"
    })
    void whoeverSentTheBrowserBackIsThePlatform(String issuer, String iss, boolean taken) {
        Platform platform =
                platform("authorize: https://id.acme.example/" + (issuer == null ? "" : "\nissuer: " + issuer));
        Map<String, String> answer = iss == null ? Map.of("code", "c") : Map.of("code", "c", "iss", iss);
        assertThat(Returned.read(platform, answer) instanceof Returned.Code).isEqualTo(taken);
    }

    @Test
    void aTicketIsReadBackAndItsStateIsItsOwn() {
        assertThat(Ticket.read(TICKET.text().reveal()).map(Ticket::state)).hasValue(TICKET.state());
        assertThat(Ticket.read("sess_0000000000007-x")).isEmpty();
        assertThat(Ticket.read("")).isEqualTo(Optional.empty());
        assertThat(TICKET.sent(TICKET.state())).isTrue();
        Ticket other = new Ticket(TICKET.session(), Secret.of("t".repeat(43)));
        assertThat(other.sent(TICKET.state())).isFalse();
        assertThat(TICKET).asString().doesNotContain("sss");
    }
}
