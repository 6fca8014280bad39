package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What ID tokens call people and whom they are for (OpenID Connect Core section 2: `sub`, `aud`, `azp`): a name of
/// at most 255 characters of ASCII that is nobody else's, ever.
class SubjectNamesTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Landing client;
    private String role;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        role = Setup.role(server, "buyers", "orders");
        alice = Person.create(server, "alice", Optional.of(role));
        client = Landing.open(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void changed(String path, String body) {
        Got got = server.admin("PATCH", path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private void subjects(String type) {
        changed("/v1/applications/" + client.application(), "{\"subject_type\":\"" + type + "\"}");
    }

    private String idToken(Person person) {
        Reader reader = new Reader(server, "orders");
        reader.open(client.request("openid", ""));
        reader.send("/oauth2/sign-in", "username", person.username(), "password", person.password());
        reader.follow();
        if (reader.page().text().contains("id=\"allow\"")) {
            reader.send("/oauth2/consent", "decision", "allow");
        }
        Got got = client.redeem(client.answer(reader.onwards()).get("code"));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("id_token").asString();
    }

    private static JsonNode claims(String idToken) {
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(idToken.split("\\.", -1)[1]));
    }

    private String subject(Person person) {
        JsonNode sub = claims(idToken(person)).get("sub");
        assertThat(sub.isString()).isTrue();
        return sub.asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "pairwise"})
    void aSubjectIsAtMost255CharactersOfAscii(String type) {
        subjects(type);
        Person longest = Person.create(server, "a" + "b".repeat(99), Optional.of(role));
        Set<String> names = new HashSet<>();
        for (Person person : new Person[] {alice, longest}) {
            String name = subject(person);
            assertThat(name).matches("[\\x21-\\x7e]{1,255}").doesNotContain(person.username());
            assertThat(subject(person)).as("it stays").isEqualTo(name);
            names.add(name);
        }
        assertThat(names).hasSize(2);
    }

    /// A name is free again once its user has another one, and whoever gets it is somebody else.
    @ParameterizedTest
    @ValueSource(strings = {"public", "pairwise"})
    void whoeverHasTheUsernameOfAnotherIsAnother(String type) {
        subjects(type);
        String before = idToken(alice);
        changed("/v1/users/" + alice.id(), "{\"username\":\"alice.the.first\"}");
        Person second = Person.create(server, "alice", Optional.of(role));
        assertThat(second.id()).isNotEqualTo(alice.id());
        assertThat(subject(second)).isNotEqualTo(claims(before).get("sub").asString());
        Person first = new Person(alice.id(), "alice.the.first", alice.password());
        assertThat(subject(first))
                .as("whatever it is called")
                .isEqualTo(claims(before).get("sub").asString());
        Reader reader = new Reader(server, "orders");
        reader.signIn(second);
        Got got = reader.open(client.request("openid", "&prompt=none&id_token_hint=" + before));
        assertThat(client.answer(got.header("Location"))).containsEntry("error", "login_required");
    }

    /// Nor does the name of a user come back that was revoked: nobody is taken for who is gone.
    @Test
    void theUsernameOfWhoIsGoneIsNobodys() {
        String before = subject(alice);
        Got got = server.admin("POST", "/v1/users/" + alice.id() + "/revoke", "{}");
        assertThat(got.status()).as(got.text()).isBetween(200, 204);
        Got again =
                server.admin("POST", "/v1/organizations/" + Setup.root(server) + "/users", "{\"username\":\"alice\"}");
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(subject(Person.create(server, "alice2", Optional.of(role)))).isNotEqualTo(before);
    }

    /// One client, as a text: whoever reads it needs no `azp`.
    @Test
    void anIdTokenIsForItsClientAlone() {
        JsonNode claims = claims(idToken(alice));
        assertThat(claims.get("aud").isString()).isTrue();
        assertThat(claims.get("aud").asString()).isEqualTo(client.clientId());
        assertThat(claims.has("azp")).isFalse();
    }
}
