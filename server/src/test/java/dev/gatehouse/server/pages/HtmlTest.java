package dev.gatehouse.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.ScopeText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages show names and never run or load them (GAUNTLET L07).
class HtmlTest {
    private static final Texts ENGLISH = Languages.shipped().offered().getFirst();

    static List<String> names() {
        return List.of(
                "\"><img src=x onerror=alert(1)>",
                "'><script>alert(1)</script>",
                "</title><script>alert(1)</script>",
                "{{7*7}}${7*7}",
                "&lt;b&gt;",
                "javascript:alert(1)");
    }

    private static String text(Reply reply) {
        return ((Body.Text) reply.body()).text();
    }

    private static String csp(Reply reply) {
        return reply.headers().stream()
                .filter(header -> header.name().equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Html html(String provider) {
        return new Html(provider, true, "/oauth2/pages/style.css?v=1", "/oauth2/pages/passkey-1.js", "sha256-1");
    }

    private static Reply consent(String name) {
        return html(name)
                .page(
                        200,
                        ENGLISH,
                        new View.Consent(
                                "f",
                                "ask",
                                name,
                                name,
                                List.of(new ScopeText("read", name)),
                                List.of(),
                                Optional.of(name)));
    }

    private static View.Federated federated(String name) {
        return new View.Federated(
                "t", List.of(new View.Provider("acme", name)), List.of(new View.Linked("cred_1", name, name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatSomebodyIsCalledIsText(String name) {
        AskingClient client = new AskingClient(new Id(Kind.APPLICATION, 1), "shop", name);
        List<View> views = List.of(
                new View.SignIn(
                        "f",
                        Optional.of("ask"),
                        Optional.of(client),
                        name,
                        Optional.of(name),
                        Optional.empty(),
                        federated(name),
                        true,
                        View.Face.NONE),
                new View.Security(
                        "f",
                        name,
                        Optional.of(name),
                        name,
                        List.of(),
                        Optional.empty(),
                        federated(name),
                        Optional.empty()),
                new View.LinkQuestion("t", "proof", name, name, name),
                new View.SignOut("f", Optional.of("ask"), Optional.of(client), name),
                new View.Device("f", name, Optional.of(name)),
                new View.DeviceConsent("f", "ask", name, name, List.of(new ScopeText("read", name)), List.of(), name),
                new View.RequestConsent("f", "ask", name, name, List.of(new ScopeText("read", name)), List.of(), name),
                new View.Requests("f", name, List.of(new View.Sent("n", name, name)), true, Optional.of(name)),
                new View.Leaving(List.of("https://app.example/" + name), "https://app.example/" + name),
                new View.Connect("f", "link", name, name, name, name, name),
                new View.Account(
                        "f",
                        name,
                        List.of(new View.Login("sess_1", true, name, name)),
                        List.of(new View.Allowed(
                                "app_1", name, name, List.of(new ScopeText("read", name)), List.of()))),
                new View.Message(name, name, true, Optional.empty()));
        views.forEach(view -> assertThat(text(html(name).page(200, ENGLISH, view)))
                .doesNotContain("<img src=x", "<script", "<b>", "49"));
        assertThat(text(consent(name))).doesNotContain("<img src=x", "<script", "<b>", "49");
    }

    @Test
    void noFormLeadsElsewhere() {
        assertThat(csp(consent("Shop"))).contains("form-action 'self';");
    }

    /// Whatever stands in a client's address, it is a link and a header and nothing more.
    @Test
    void onwardsLeadsToTheClientFromAPage() {
        String to = "https://shop.example/cb?code=a%22b&state=%3Cb%3E";
        Reply page = new Replies(html("Acme"))
                .onwards(ENGLISH, Reply.empty(303).with("Location", to).with("Cache-Control", "no-store"));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers())
                .contains(new Header("Refresh", "0;url=" + to), new Header("Referrer-Policy", "no-referrer"))
                .noneMatch(header -> header.name().equals("Location"));
        assertThat(text(page)).contains("href=\"https://shop.example/cb?code=a%22b&amp;state=%3Cb%3E\"");
    }

    @Test
    void whatAnApplicationMayDoIsSaidInTheWordsOfTheCatalogue() {
        assertThat(text(html("Acme")
                        .page(
                                200,
                                ENGLISH,
                                new View.Consent(
                                        "f",
                                        "ask",
                                        "Shop",
                                        "alice",
                                        List.of(new ScopeText("orders:read", "See your orders")),
                                        List.of(),
                                        Optional.of("https://shop.example")))))
                .contains(
                        "Allow Shop?",
                        "<bdi>See your orders</bdi>",
                        "id=\"allow\"",
                        "id=\"deny\"",
                        "alice",
                        "https://shop.example")
                .doesNotContain("orders:read");
    }
}
