package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Applications as clients of OAuth.
class ClientTest extends PatchFixture {
    private static final String CODE = "\"grant_types\":[\"authorization_code\",\"refresh_token\"]";
    private static final String BACK = "\"redirect_uris\":[\"https://app.example.com/cb\",\"http://127.0.0.1/cb\"]";

    private Reply create(String name, String terms) {
        return call(
                "POST",
                ORGANIZATIONS + "/" + world.t1.id() + "/applications",
                "{\"name\":\"" + name + "\"," + terms + "}");
    }

    @Test
    void termsAreGivenShownAndTakenAway() {
        Reply made = create(
                "spa",
                CODE + "," + BACK + ",\"token_endpoint_auth_method\":\"none\","
                        + "\"post_logout_redirect_uris\":[\"https://app.example.com/bye\"]");
        assertThat(made.status()).isEqualTo(201);
        assertThat(members(made))
                .containsEntry("token_endpoint_auth_method", "none")
                .containsEntry("grant_types", List.of("authorization_code", "refresh_token"))
                .containsEntry("redirect_uris", List.of("https://app.example.com/cb", "http://127.0.0.1/cb"))
                .containsEntry("post_logout_redirect_uris", List.of("https://app.example.com/bye"))
                .doesNotContainKey("pkce");
        String path = "/v1/applications/" + members(made).get("id");
        Reply narrower = patch(world.t1Key, path, "{\"redirect_uris\":[\"https://app.example.com/cb\"]}");
        assertThat(members(narrower))
                .containsEntry("redirect_uris", List.of("https://app.example.com/cb"))
                .containsEntry("token_endpoint_auth_method", "none");
        Reply machine = patch(
                world.t1Key,
                path,
                "{\"redirect_uris\":null,\"grant_types\":null,\"token_endpoint_auth_method\":null,"
                        + "\"post_logout_redirect_uris\":null,\"pkce\":null}");
        assertThat(members(machine))
                .doesNotContainKeys(
                        "redirect_uris", "grant_types", "token_endpoint_auth_method", "post_logout_redirect_uris");
    }

    @Test
    void whatAClientHasToKeepToIsShownWhereItIsOn() {
        String rule = "require_pushed_authorization_requests";
        Reply made = create("strict", CODE + "," + BACK + ",\"" + rule + "\":true");
        assertThat(members(made)).containsEntry(rule, true);
        String path = "/v1/applications/" + members(made).get("id");
        assertThat(members(patch(world.t1Key, path, "{\"name\":\"stricter\"}"))).containsEntry(rule, true);
        assertThat(members(patch(world.t1Key, path, "{\"" + rule + "\":null}"))).doesNotContainKey(rule);
        assertThat(problem(patch(world.t1Key, path, "{\"" + rule + "\":1}"))).isEqualTo("400 invalid_field");
    }

    @Test
    void howMessagesAreSignedIsGivenShownAndTakenAway() {
        Reply made = create(
                "signer",
                CODE + "," + BACK
                        + ",\"id_token_signed_response_alg\":\"ES256\",\"request_object_signing_alg\":\"PS256\"");
        assertThat(members(made))
                .containsEntry("id_token_signed_response_alg", "ES256")
                .containsEntry("request_object_signing_alg", "PS256")
                .doesNotContainKeys("authorization_signed_response_alg", "profile");
        String path = "/v1/applications/" + members(made).get("id");
        Reply changed = patch(
                world.t1Key,
                path,
                "{\"id_token_signed_response_alg\":null,\"authorization_signed_response_alg\":\"RS256\"}");
        assertThat(members(changed))
                .containsEntry("authorization_signed_response_alg", "RS256")
                .containsEntry("request_object_signing_alg", "PS256")
                .doesNotContainKey("id_token_signed_response_alg");
        for (String wrong : List.of("none", "HS256", "PS384", "es256")) {
            assertThat(problem(patch(world.t1Key, path, "{\"id_token_signed_response_alg\":\"" + wrong + "\"}")))
                    .isEqualTo("400 invalid_field");
        }
    }

    /// What does not go with a profile is refused with the sentence that says why, whichever of the two comes
    /// later.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"token_endpoint_auth_method\":\"client_secret_basic\"",
                "\"token_endpoint_auth_method\":\"none\"",
                "\"pkce\":\"optional\"",
                "\"redirect_uris\":[\"com.example.app:/cb\"]",
                "\"id_token_signed_response_alg\":\"RS256\"",
                "\"authorization_signed_response_alg\":\"RS256\"",
                "\"request_object_signing_alg\":\"RS256\""
            })
    void whatDoesNotGoWithAProfileIsRefused(String term) {
        String method = term.contains("auth_method") ? "" : ",\"token_endpoint_auth_method\":\"private_key_jwt\"";
        String back = term.contains("redirect_uris") ? "" : "," + BACK;
        for (String profile : List.of("fapi2", "fapi2-message-signing")) {
            String keeps = ",\"profile\":\"" + profile + "\"";
            Reply refused = create("app", CODE + back + method + "," + term + keeps);
            assertThat(problem(refused)).isEqualTo("400 invalid_field");
            assertThat(members(refused).toString()).contains("of the profile " + profile);
            Reply good = create(
                    "good " + profile,
                    CODE + "," + BACK + ",\"token_endpoint_auth_method\":\"private_key_jwt\"" + keeps);
            assertThat(members(good)).containsEntry("profile", profile);
            String path = "/v1/applications/" + members(good).get("id");
            assertThat(problem(patch(world.t1Key, path, "{" + term + "}"))).isEqualTo("400 invalid_field");
            assertThat(patch(world.t1Key, path, "{" + term + ",\"profile\":null}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whereAnApplicationHearsOfLogout() {
        String both = ",\"backchannel_logout_uri\":\"https://inside.example.com:8443/back?a=b\","
                + "\"backchannel_logout_session_required\":true,"
                + "\"frontchannel_logout_uri\":\"https://app.example.com/front\","
                + "\"frontchannel_logout_session_required\":true";
        Reply made = create("hears", CODE + "," + BACK + both);
        assertThat(members(made))
                .containsEntry("backchannel_logout_uri", "https://inside.example.com:8443/back?a=b")
                .containsEntry("backchannel_logout_session_required", true)
                .containsEntry("frontchannel_logout_uri", "https://app.example.com/front")
                .containsEntry("frontchannel_logout_session_required", true);
        String path = "/v1/applications/" + members(made).get("id");
        assertThat(problem(patch(world.t1Key, path, "{\"frontchannel_logout_uri\":null}")))
                .as("what is said of it needs it")
                .isEqualTo("400 invalid_field");
        Reply less = patch(
                world.t1Key, path, "{\"frontchannel_logout_uri\":null,\"frontchannel_logout_session_required\":null}");
        assertThat(members(less))
                .containsKey("backchannel_logout_uri")
                .doesNotContainKeys("frontchannel_logout_uri", "frontchannel_logout_session_required");
        assertThat(members(patch(world.t1Key, path, "{\"name\":\"other\"}")))
                .containsEntry("backchannel_logout_session_required", true);
    }

    /// GAUNTLET A06.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"backchannel_logout_uri\":\"com.example.app:/back\"",
                "\"backchannel_logout_uri\":\"https://app.example.com/back#x\"",
                "\"backchannel_logout_uri\":\"javascript:alert(1)\"",
                "\"backchannel_logout_uri\":\"http://app.example.com/back\"",
                "\"frontchannel_logout_uri\":\"https://other.example.com/front\"",
                "\"frontchannel_logout_uri\":\"https://app.example.com:444/front\"",
                "\"frontchannel_logout_uri\":\"com.example.app:/front\"",
                "\"frontchannel_logout_session_required\":true",
                "\"backchannel_logout_session_required\":true"
            })
    void whereNobodyIsToldOfLogout(String terms) {
        assertThat(problem(create("bad", CODE + "," + BACK + "," + terms))).isEqualTo("400 invalid_field");
    }

    @Test
    void aProgramShowsNoTerms() {
        assertThat(members(world.get(world.t1Key, shop()))).doesNotContainKeys("grant_types", "redirect_uris", "pkce");
    }

    /// GAUNTLET A04, A06.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com*",
                "https://*.example.com/cb",
                "https://app.example.com/*",
                "*",
                "JavaScript:alert(1)",
                "java%0ascript:alert(1)",
                "DATA:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "intent://x"
            })
    void aUriThatCannotBeRegisteredStoresNothing(String uri) {
        for (String member : List.of("redirect_uris", "post_logout_redirect_uris")) {
            String other = member.equals("redirect_uris") ? "" : "," + BACK;
            Reply refused = create("bad", CODE + other + ",\"" + member + "\":[\"" + uri + "\"]");
            assertThat(problem(refused)).isEqualTo("400 invalid_field");
        }
        Reply list = world.get(world.t1Key, ORGANIZATIONS + "/" + world.t1.id() + "/applications?name=bad");
        assertThat(members(list)).containsEntry("items", List.of());
    }

    /// RFC 9700 section 2.1.1.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"grant_types\":[\"authorization_code\"]",
                "\"redirect_uris\":[\"https://app.example.com/cb\"]",
                "\"grant_types\":[\"refresh_token\"]",
                "\"token_endpoint_auth_method\":\"none\"",
                "\"pkce\":\"optional\",\"token_endpoint_auth_method\":\"none\",\"grant_types\":[\"authorization_code\"],"
                        + "\"redirect_uris\":[\"https://app.example.com/cb\"]",
                "\"grant_types\":[\"password\"]",
                "\"token_endpoint_auth_method\":\"client_secret_jwt\""
            })
    void termsThatContradictEachOtherAreRefused(String terms) {
        assertThat(problem(create("bad", terms))).isEqualTo("400 invalid_field");
    }

    /// GAUNTLET H04, H07: who can send the codes of an application elsewhere can do what it can do.
    @Test
    void otherTermsAreForWhoHoldsWhatTheApplicationCanDo() {
        World.Key weak = world.key(
                world.t1App,
                new Reach.Only(Rights.at(installed.admin.id(), Scopes.of("apps:write", "orgs:read"))),
                Window.ALWAYS,
                Restrictions.NONE);
        assertThat(problem(patch(weak, shop(), "{" + CODE + "," + BACK + "}"))).isEqualTo("403 beyond_own_rights");
        assertThat(members(patch(world.t1Key, shop(), "{" + CODE + "," + BACK + "}")))
                .isNotEqualTo(Map.of());
    }
}
