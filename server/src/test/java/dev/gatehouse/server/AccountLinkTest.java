package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Accounts elsewhere, linked by whoever is signed in and taken away again (GAUNTLET J02, J04, L04).
class AccountLinkTest extends FederationWorld {
    private Got came(Reader reader, String subject) {
        reader.open(SECURITY);
        return reader.open(
                back(provider.agree(leaving(reader, "link", "acme"), Map.of("sub", subject, "email", "<b>x"))));
    }

    private String credential() {
        return identities(alice.id()).get(0).get("credential").asString();
    }

    @Test
    void thePersonSeesTheAccountBeforeItCounts() {
        Reader reader = signedIn();
        reader.open(SECURITY);
        String url = leaving(reader, "link", "acme");
        assertThat(ConnectWorld.query(url.split("\\?", 2)[1]))
                .as("nobody else's open session there")
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "0");
        Got asked = reader.open(back(provider.agree(url, Map.of("sub", "sub-1", "email", "<b>x"))));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text())
                .contains("&lt;b&gt;x", "Acme &amp; Söhne", "alice")
                .doesNotContain("<b>x");
        assertThat(identities(alice.id()).isEmpty()).as("nothing yet").isTrue();
        assertThat(reader.send(FEDERATION).header("Location")).isEqualTo(SECURITY);
        assertThat(identities(alice.id()).get(0).get("subject").asString()).isEqualTo("sub-1");
        assertThat(reader.follow().text())
                .contains("name=\"unlink\" value=\"" + credential() + "\"")
                .doesNotContain("name=\"link\"");
    }

    /// A node of a release before tells the others nothing of what it says of providers.
    @Test
    void anAccountIsShownAtANodeThatHasNotHeardOfItsProvider() {
        Reader reader = signedIn();
        linked(reader, "sub-1");
        StoredRows.change(server.database(), "UPDATE identity_provider SET title = 'Unheard of'");
        reader.open(SECURITY);
        assertThat(reader.page().text())
                .contains("Unheard of", "name=\"unlink\" value=\"" + credential() + "\"")
                .doesNotContain("Acme &amp;");
    }

    @Test
    void whatWasProvenIsForThisPersonAndThisLoginAndOnce() {
        Reader reader = signedIn();
        came(reader, "sub-1");
        String form = reader.form();
        Person bob = Person.create(server, "bob", Optional.of(role));
        Reader other = reader();
        other.signIn(bob);
        other.open(SECURITY);
        String proof = ConnectWorld.query(form).get("proof");
        assertThat(other.send(FEDERATION, "proof", proof).status()).as("bob's").isEqualTo(403);
        assertThat(reader.post(FEDERATION, form).status())
                .as("taken from bob's hands")
                .isEqualTo(403);
        came(reader, "sub-1");
        String again = reader.form();
        assertThat(reader.post(FEDERATION, again).status()).isEqualTo(303);
        assertThat(reader.post(FEDERATION, again).status()).as("twice").isEqualTo(403);
        reader.open(SECURITY);
        reader.send(FEDERATION, "unlink", credential());
        assertThat(reader.post(FEDERATION, again).status())
                .as("after unlinking")
                .isEqualTo(403);
        assertThat(identities(alice.id()).isEmpty()).isTrue();
        assertThat(identities(bob.id()).isEmpty()).isTrue();
    }

    @Test
    void aProofThatLiesAboutDiesWithTheLink() {
        Reader reader = signedIn();
        linked(reader, "sub-1");
        reader.open(SECURITY);
        reader.send(FEDERATION, "unlink", credential());
        came(reader, "sub-1");
        String lying = reader.form();
        came(reader, "sub-1");
        assertThat(reader.send(FEDERATION).status()).isEqualTo(303);
        reader.open(SECURITY);
        reader.send(FEDERATION, "unlink", credential());
        assertThat(reader.post(FEDERATION, lying).status()).isEqualTo(403);
        assertThat(identities(alice.id()).isEmpty()).isTrue();
    }

    @Test
    void anAccountIsOnePersonsAndAPersonHasOneAtAProvider() {
        linked(signedIn(), "sub-1");
        Person bob = Person.create(server, "bob", Optional.of(role));
        Reader other = reader();
        other.signIn(bob);
        Got taken = linked(other, "sub-1");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text()).contains("id=\"error\"");
        assertThat(linked(other, "sub-2").status()).isEqualTo(303);
        assertThat(came(signedIn(), "sub-3").text())
                .as("no button for a second one")
                .contains("id=\"link\"");
    }

    @Test
    void anotherPersonsBrowserLinksNothing() {
        Reader reader = signedIn();
        reader.open(SECURITY);
        Map<String, String> back = provider.agree(leaving(reader, "link", "acme"), "sub-1");
        Person bob = Person.create(server, "bob", Optional.of(role));
        Reader other = reader();
        other.signIn(bob);
        assertThat(other.open(back(back)).status()).as("no cookie of the trip").isEqualTo(400);
        reader.cookies().remove(SESSION);
        assertThat(reader.signIn(bob).status()).isEqualTo(303);
        refused(reader.open(back(back)));
        assertThat(identities(alice.id()).isEmpty()).isTrue();
        assertThat(identities(bob.id()).isEmpty()).isTrue();
    }

    @Test
    void whoDidNotJustProveItselfWithAllThatItHasChangesNothing() {
        Reader reader = signedIn();
        clock.advance(Duration.ofMinutes(11));
        reader.open(SECURITY);
        Got got = reader.send(FEDERATION, "link", "acme");
        assertThat(got.text()).contains("id=\"sign-in\"");
        assertThat(reader.cookies()).doesNotContainKey(COOKIE);
        assertThat(reader().open(SECURITY).header("Location")).isEqualTo(SIGN_IN);
        Reader older = signedIn();
        Reader fresh = signedIn();
        came(older, "sub-1");
        String proof = older.form();
        fresh.open(SECURITY);
        fresh.send(SECURITY, "set-up", "yes");
        AuthenticatorApp app = AuthenticatorApp.scanning(fresh.page().text(), clock);
        fresh.send(SECURITY, "code", app.code());
        assertThat(older.post(FEDERATION, proof).status()).as("over").isEqualTo(403);
        fresh.open(SECURITY);
        assertThat(fresh.send(FEDERATION, "link", "acme").text())
                .as("a login without a code")
                .contains("id=\"sign-in\"");
        assertThat(identities(alice.id()).isEmpty()).isTrue();
    }

    /// A provider that lets somebody in without asking has not asked.
    @Test
    void whoCameByAnOpenSessionElsewhereChangesNothing() {
        linked(signedIn(), "sub-1");
        long before = clock.instant().minus(Duration.ofHours(1)).getEpochSecond();
        Reader reader = reader();
        assertThat(through(reader, Map.of("sub", "sub-1", "auth_time", before)).status())
                .isEqualTo(303);
        reader.open(SECURITY);
        assertThat(reader.send(FEDERATION, "unlink", credential()).text()).contains("id=\"sign-in\"");
        reader.open(SECURITY);
        assertThat(reader.send(SECURITY, "set-up", "yes").text()).contains("id=\"sign-in\"");
        String url = leaving(reader, "provider", "acme");
        assertThat(ConnectWorld.query(url.split("\\?", 2)[1])).containsEntry("prompt", "login");
        assertThat(reader.open(back(provider.agree(url, "sub-1"))).header("Location"))
                .isEqualTo(SECURITY);
        reader.follow();
        assertThat(reader.send(FEDERATION, "unlink", credential()).status()).isEqualTo(303);
    }

    @Test
    void unlinkingEndsWhatWasOpenedByItAndNothingElse() {
        Reader own = signedIn();
        linked(own, "sub-1");
        Reader away = reader();
        through(away, "sub-1");
        assertThat(in(away)).isTrue();
        own.open(SECURITY);
        own.send(FEDERATION, "unlink", credential());
        assertThat(in(away)).isFalse();
        assertThat(in(own)).isTrue();
        refused(through(reader(), "sub-1"));
        assertThat(linked(own, "sub-1").status()).isEqualTo(303);
        assertThat(in(away)).as("linked again").isFalse();
    }

    @Test
    void nobodyTakesAwayTheLastThatItSignsInBy() {
        joining();
        Reader reader = reader();
        through(reader, "new");
        reader.open(SECURITY);
        String form = reader.page().text();
        String credential = form.substring(form.indexOf("cred_"), form.indexOf('"', form.indexOf("cred_")));
        Got got = reader.send(FEDERATION, "unlink", credential);
        assertThat(got.status()).isEqualTo(409);
        assertThat(in(reader)).isTrue();
    }

    @Test
    void administratorsTakeLinksAwayWithAReceipt() {
        linked(signedIn(), "sub-1");
        Reader away = reader();
        through(away, "sub-1");
        Got got = server.admin(
                "POST", "/v1/users/" + alice.id() + "/identities/remove", "{\"identity_provider\":\"" + acme + "\"}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("receipt")).isNotNull();
        assertThat(in(away)).isFalse();
        assertThat(identities(alice.id()).isEmpty()).isTrue();
    }

    /// KC CVE-2026-1486: a provider that is off lets nobody in, on no path.
    @Test
    void aProviderThatIsOffOrGoneEndsWhatItOpened() {
        Reader own = signedIn();
        linked(own, "sub-1");
        Reader away = reader();
        through(away, "sub-1");
        Reader under = reader();
        Map<String, String> back = provider.agree(leaving(under), "sub-1");
        own.open(SECURITY);
        changed("\"active\":false");
        assertThat(in(away)).isFalse();
        refused(under.open(back(back)));
        own.open(SIGN_IN);
        assertThat(reader().open(SIGN_IN).text()).doesNotContain("name=\"provider\"");
        assertThat(in(own)).isTrue();
        changed("\"active\":true");
        assertThat(in(away)).as("what has ended stays so").isFalse();
        Reader again = reader();
        assertThat(through(again, "sub-1").status()).isEqualTo(303);
        Got gone = server.admin("DELETE", PROVIDERS + "/" + acme, "");
        assertThat(gone.status()).as(gone.text()).isEqualTo(200);
        assertThat(in(again)).isFalse();
        added("acme", "");
        refused(through(reader(), "sub-1"));
    }

    @Test
    void aProviderIsForWhomItIsFor() {
        String elsewhere = Customer.created(server, "/v1/organizations", "{\"name\":\"Elsewhere\"}")
                .get("id")
                .asString();
        linked(signedIn(), "sub-1");
        Reader away = reader();
        through(away, "sub-1");
        assertThat(in(away)).isTrue();
        changed("\"organizations\":[\"" + elsewhere + "\"]");
        assertThat(in(away)).as("opened before").isFalse();
        refused(through(reader(), "sub-1"));
        changed("\"organizations\":[\"" + Setup.root(server) + "\"]");
        assertThat(through(reader(), "sub-1").status()).isEqualTo(303);
    }
}
