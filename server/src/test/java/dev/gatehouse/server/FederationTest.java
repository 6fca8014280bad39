package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Sign-in by a provider of somebody else's: the way there and back, and who gets in.
class FederationTest extends FederationWorld {
    @Test
    void theWayThereHasAllThatProtectsTheWayBack() {
        Reader reader = reader();
        reader.open(SIGN_IN);
        assertThat(reader.page().text())
                .contains("name=\"provider\" value=\"acme\"", "Sign in with Acme &amp; Söhne")
                .doesNotContain("<script");
        Map<String, String> asked =
                ConnectWorld.query(leaving(reader, "provider", "acme").split("\\?", 2)[1]);
        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "gatehouse")
                .containsEntry("redirect_uri", server.base("orders") + "/oauth2/federation/acme/callback")
                .containsEntry("scope", "openid email")
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge")
                .doesNotContainKeys("prompt", "max_age", "login_hint");
        assertThat(asked.get("state")).isNotEqualTo(asked.get("nonce"));
        String set = String.join(
                " ",
                reader.page().headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
                        .flatMap(header -> header.getValue().stream())
                        .toList());
        assertThat(set).contains(COOKIE + "=s", "HttpOnly", "SameSite=Lax");
    }

    @Test
    void whoeverIsLinkedSignsIn() {
        assertThat(linked(signedIn(), "sub-1").header("Location")).isEqualTo(SECURITY);
        Reader reader = reader();
        Got got = through(reader, "sub-1");
        assertThat(got.status()).as(got.text()).isEqualTo(303);
        assertThat(got.header("Location")).isEqualTo(ACCOUNT);
        assertThat(reader.cookies().get(SESSION)).startsWith("ghl_");
        assertThat(reader.cookies()).doesNotContainKey(COOKIE);
        assertThat(reader.follow().text()).contains("You are signed in as alice.");
        JsonNode session = server.admin("GET", "/v1/users/" + alice.id() + "/sessions", "")
                .json()
                .get("items");
        assertThat(session.size()).isEqualTo(2);
        Map<String, String> redeemed = provider.redeemed().getLast();
        assertThat(redeemed).containsEntry("grant_type", "authorization_code").containsKey("code_verifier");
        assertThat(new String(
                        Base64.getDecoder().decode(redeemed.get("Authorization").substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("gatehouse:" + FakeProvider.SECRET);
        assertThat(server.admin("GET", "/v1/audit", "").text())
                .contains("identity.link", "identity_provider.add")
                .doesNotContain("sub-1", FakeProvider.SECRET);
    }

    /// GAUNTLET L01: nobody learns who is known, held, or linked.
    @Test
    void nobodyElseDoesAndAllAreToldTheSame() {
        linked(signedIn(), "sub-1");
        Got unknown = through(reader(), "sub-2");
        refused(unknown);
        server.admin("POST", "/v1/users/" + alice.id() + "/suspend", "{}");
        Got held = through(reader(), "sub-1");
        refused(held);
        assertThat(held.text()).isEqualTo(unknown.text());
        server.admin("POST", "/v1/users/" + alice.id() + "/resume", "{}");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }

    /// GAUNTLET J04: what a provider says of an address leads to nobody.
    @Test
    void anAddressLeadsToNobody() {
        Got known = server.admin(
                "PATCH", "/v1/users/" + alice.id(), "{\"email\":\"alice@acme.test\",\"email_verified\":true}");
        assertThat(known.status()).isEqualTo(200);
        Map<String, Object> claims = Map.of(
                "sub", "sub-9", "email", "alice@acme.test", "email_verified", true, "preferred_username", "alice");
        refused(through(reader(), claims));
        joining();
        Reader reader = reader();
        assertThat(through(reader, claims).status()).isEqualTo(303);
        assertThat(reader.follow().text())
                .contains("You are signed in as acme-")
                .doesNotContain("as alice.");
        assertThat(identities(alice.id()).isEmpty()).isTrue();
    }

    @Test
    void whoeverComesForTheFirstTimeBecomesAUserWhereThatIsSaid() {
        refused(through(reader(), "new"));
        joining();
        Reader reader = reader();
        assertThat(through(
                                reader,
                                Map.of("sub", "new", "name", "Nora", "email", "nora@acme.test", "email_verified", true))
                        .status())
                .isEqualTo(303);
        String first = reader.follow().text();
        Reader again = reader();
        assertThat(through(again, "new").status()).isEqualTo(303);
        assertThat(username(again.follow().text())).isEqualTo(username(first));
        JsonNode users = server.admin(
                        "GET", "/v1/organizations/" + Setup.root(server) + "/users?name=" + username(first), "")
                .json()
                .get("items");
        assertThat(users.get(0).get("name").asString()).isEqualTo("Nora");
        assertThat(users.get(0).has("email_verified")).isFalse();
    }

    private static String username(String page) {
        int from = page.indexOf("signed in as ") + "signed in as ".length();
        return page.substring(from, page.indexOf('.', from));
    }

    /// GAUNTLET J01, J02: state missing, of another flow, used twice; another browser; another provider's address.
    @Test
    void whatComesBackCountsOnceAndWhereItWasSent() {
        joining();
        Reader ann = reader();
        Map<String, String> good = provider.agree(leaving(ann), "sub-1");
        Reader mallory = reader();
        Map<String, String> foreign = provider.agree(leaving(mallory), "sub-2");
        for (Map<String, String> wrong :
                List.of(without(good, "state"), with(good, "state", ""), with(good, "state", foreign.get("state")))) {
            Got got = ann.open(back(wrong));
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("id=\"error\"");
        }
        assertThat(reader().open(back(good)).status()).as("without the cookie").isEqualTo(400);
        assertThat(mallory.open(back(good)).status()).as("another browser").isEqualTo(400);
        assertThat(provider.redeemed()).isEmpty();
        assertThat(ann.open(back(good)).status()).isEqualTo(303);
        assertThat(ann.open(back(good)).status()).as("twice").isEqualTo(400);
        assertThat(provider.redeemed()).hasSize(1);
    }

    /// The cookie itself, taken along, is good for one trip.
    @Test
    void ofTwoThatShowTheSameCookieOneGetsIn() {
        joining();
        Reader ann = reader();
        Map<String, String> good = provider.agree(leaving(ann), "sub-1");
        Reader thief = reader();
        thief.cookies().putAll(ann.cookies());
        assertThat(ann.open(back(good)).status()).isEqualTo(303);
        assertThat(thief.open(back(good)).status()).isEqualTo(400);
    }

    @Test
    void aTripTakesTenMinutesAtMost() {
        joining();
        Reader ann = reader();
        String url = leaving(ann);
        clock.advance(Duration.ofMinutes(10));
        assertThat(ann.open(back(provider.agree(url, "sub-1"))).status()).isEqualTo(400);
    }

    /// GAUNTLET J03: each provider has an address of its own, and says its name.
    @Test
    void anotherProvidersAnswerIsNone() {
        joining();
        Reader ann = reader();
        refused(ann.open(back("other", provider.agree(leaving(ann), "sub-1"))));
        refused(ann.open(back(with(provider.agree(leaving(ann), "sub-1"), "iss", "https://evil.test"))));
        refused(ann.open(back(without(provider.agree(leaving(ann), "sub-1"), "iss"))));
        assertThat(provider.redeemed()).isEmpty();
    }

    @Test
    void anErrorOfTheProviderIsAPageAndNoRedirect() {
        Reader ann = reader();
        Map<String, String> back = new LinkedHashMap<>(provider.agree(leaving(ann), "sub-1"));
        back.remove("code");
        back.put("error", "access_denied");
        back.put("error_description", "<script>alert(1)</script>");
        back.put("error_uri", "https://evil.test");
        Got got = ann.open(back(back));
        refused(got);
        assertThat(got.text()).doesNotContain("evil.test", "alert(1)").contains("href=\"/oauth2/sign-in\"");
    }

    @Test
    void aFormThatIsNotOursBeginsNothing() {
        Reader ann = reader();
        ann.open(SIGN_IN);
        String form = ann.form("provider", "acme");
        assertThat(ann.post(FEDERATION, form, "Origin", "https://evil.test").status())
                .isEqualTo(403);
        assertThat(ann.post(FEDERATION, form, "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        assertThat(ann.post(FEDERATION, "provider=acme&trip=1.x").status()).isEqualTo(403);
        assertThat(reader().post(FEDERATION, form).status()).isEqualTo(403);
        assertThat(ann.open(FEDERATION).status()).isEqualTo(405);
        assertThat(ann.cookies()).doesNotContainKey(COOKIE);
        ann.open(SIGN_IN);
        assertThat(ann.send(FEDERATION, "provider", "nobody").status()).isEqualTo(404);
        ann.open(SIGN_IN);
        assertThat(ann.send(FEDERATION, "provider", "acme", "ask", "//evil.test")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aSecondFactorIsAskedForUnlessTheProvidersIsTrusted() {
        Reader reader = signedIn();
        linked(reader, "sub-1");
        reader.open(SECURITY);
        reader.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(reader.page().text(), clock);
        assertThat(reader.send(SECURITY, "code", app.code()).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(30));
        Reader other = reader();
        Map<String, Object> strong = Map.of("sub", "sub-1", "amr", List.of("pwd", "mfa"));
        Got got = through(other, strong);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).contains("id=\"verify\"");
        assertThat(other.cookies()).doesNotContainKey(SESSION);
        assertThat(other.send(SecondFactorWorld.SECOND, "code", app.code()).status())
                .isEqualTo(303);
        changed("\"trusted\":[\"mfa\"]");
        Reader believed = reader();
        assertThat(through(believed, strong).status()).isEqualTo(303);
        assertThat(through(reader(), "sub-1").status()).as("not said").isEqualTo(200);
        assertThat(in(believed)).isTrue();
        changed("\"trusted\":[]");
        assertThat(in(believed)).as("believed no more").isFalse();
    }

    @Test
    void anApplicationIsToldHowAndItsWishesAreToldOn() throws IOException {
        linked(signedIn(), "sub-1");
        try (Landing client = Landing.open(server)) {
            Reader reader = reader();
            reader.open(client.request("openid", "&prompt=select_account"));
            assertThat(ConnectWorld.query(leaving(reader, "provider", "acme").split("\\?", 2)[1]))
                    .containsEntry("prompt", "select_account");
            reader.open(client.request("openid", "&login_hint=al%40acme&prompt=login"));
            String url = leaving(reader, "provider", "acme");
            assertThat(ConnectWorld.query(url.split("\\?", 2)[1]))
                    .containsEntry("login_hint", "al@acme")
                    .containsEntry("prompt", "login")
                    .containsEntry("max_age", "0");
            Got got = reader.open(back(provider.agree(url, "sub-1")));
            assertThat(got.status()).as(got.text()).isEqualTo(303);
            assertThat(got.header("Location")).startsWith("/oauth2/authorize?ask=");
            reader.follow();
            reader.send("/oauth2/consent", "decision", "allow");
            JsonNode tokens =
                    client.redeem(client.answer(reader.onwards()).get("code")).json();
            JsonNode claims = RunningServer.JSON.readTree(Base64.getUrlDecoder()
                    .decode(tokens.get("id_token").asString().split("\\.", -1)[1]));
            assertThat(claims.get("amr").toString()).isEqualTo("[\"fed\",\"user\"]");
        }
    }

    /// Whoever has to prove itself now has not done so where it was signed in before.
    @Test
    void aSignInOfBeforeIsNoneOfNow() throws IOException {
        linked(signedIn(), "sub-1");
        try (Landing client = Landing.open(server)) {
            long before = clock.instant().minus(Duration.ofMinutes(5)).getEpochSecond();
            Reader reader = reader();
            for (Object at : List.of(before, "-")) {
                reader.open(client.request("openid", "&prompt=login"));
                String url = leaving(reader, "provider", "acme");
                refused(reader.open(back(provider.agree(url, Map.of("sub", "sub-1", "auth_time", at)))));
            }
            reader.open(client.request("openid", "&prompt=login"));
            Reader tab = reader();
            tab.cookies().putAll(reader.cookies());
            assertThat(through(tab, Map.of("sub", "sub-1", "auth_time", before)).status())
                    .isEqualTo(303);
            tab.open(client.request("openid", "&prompt=login"));
            assertThat(tab.page().text()).as("asked again").contains("id=\"sign-in\"");
        }
    }

    @Test
    void onePageForAllThatIsOff() {
        linked(signedIn(), "sub-1");
        Reader away = reader();
        through(away, "sub-1");
        changed("\"apis\":[]");
        assertThat(in(away)).as("opened before").isFalse();
        assertThat(reader().open(SIGN_IN).text()).doesNotContain("name=\"provider\"");
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(parameters);
        other.put(name, value);
        return other;
    }

    private static Map<String, String> without(Map<String, String> parameters, String name) {
        Map<String, String> other = new LinkedHashMap<>(parameters);
        other.remove(name);
        return other;
    }
}
