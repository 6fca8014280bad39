package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Sectors of applications that members make (OpenID Connect Core section 8.1): the list is looked at when it
/// or the redirect URIs are written.
class SectorTest {
    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private String list;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        list = suite.keeping("/sector.json", "[\"https://one.example.com/cb\",\"https://two.example.com/cb\"]");
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Got create(String name, String redirects, String sector) {
        return suite.server.admin(
                "POST",
                "/v1/organizations/" + Setup.root(suite.server) + "/applications",
                "{\"name\":\"" + name + "\",\"token_endpoint_auth_method\":\"none\",\"subject_type\":\"pairwise\","
                        + "\"grant_types\":[\"authorization_code\"],\"redirect_uris\":" + redirects + sector + "}");
    }

    private static void wrong(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("detail").asString()).contains("sector_identifier_uri");
    }

    @Test
    void everyRedirectUriIsInTheList() {
        String both = "[\"https://one.example.com/cb\",\"https://two.example.com/cb\"]";
        wrong(create("unsure", both, ""));
        wrong(create("stranger", "[\"https://evil.test/cb\"]", ",\"sector_identifier_uri\":\"" + list + "\""));
        Got made = create("shop", both, ",\"sector_identifier_uri\":\"" + list + "\"");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode shop = made.json();
        assertThat(shop.get("subject_type").asString()).isEqualTo("pairwise");
        assertThat(shop.get("sector_identifier_uri").asString()).isEqualTo(list);
        String path = "/v1/applications/" + shop.get("id").asString();
        wrong(suite.server.admin("PATCH", path, "{\"redirect_uris\":[\"https://evil.test/cb\"]}"));
        wrong(suite.server.admin("PATCH", path, "{\"sector_identifier_uri\":null}"));
        // what is not written is not looked at again
        suite.kept.clear();
        assertThat(suite.server.admin("PATCH", path, "{\"name\":\"Shop\"}").status())
                .isEqualTo(200);
        assertThat(suite.server
                        .admin("PATCH", path, "{\"subject_type\":null,\"sector_identifier_uri\":null}")
                        .json()
                        .has("subject_type"))
                .isFalse();
    }

    /// Whoever is given users without being sent them could name any site, and learn what that calls them.
    @Test
    void whoIsSentNobodyIsOfNoSite() {
        for (String grants : new String[] {
            "\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\"]",
            "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"],"
                    + "\"redirect_uris\":[\"https://one.example.com/cb\"]"
        }) {
            for (String subjects : new String[] {"public", "pairwise"}) {
                wrong(suite.server.admin(
                        "POST",
                        "/v1/organizations/" + Setup.root(suite.server) + "/applications",
                        "{\"name\":\"tv\",\"token_endpoint_auth_method\":\"none\"," + grants
                                + ",\"subject_type\":\"" + subjects + "\",\"sector_identifier_uri\":\"" + list
                                + "\"}"));
            }
        }
        Got made = create("shop", "[\"https://one.example.com/cb\"]", ",\"sector_identifier_uri\":\"" + list + "\"");
        wrong(suite.server.admin(
                "PATCH",
                "/v1/applications/" + made.json().get("id").asString(),
                "{\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]}"));
    }

    /// GAUNTLET J06: nothing is fetched from where the operator opened nothing.
    @Test
    void whatIsNotOpenIsNotLookedAt() {
        for (String place :
                new String[] {"https://127.0.0.1/list", "https://localhost/list", "https://169.254.169.254/"}) {
            wrong(create("shop", "[\"https://one.example.com/cb\"]", ",\"sector_identifier_uri\":\"" + place + "\""));
        }
    }
}
