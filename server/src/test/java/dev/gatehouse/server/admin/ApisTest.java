package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.members;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApisTest extends AdminFixture {
    private static final String FULL = """
            {"name":"shop","issuer":"https://auth.shop.test","audience":"https://shop.test","hosts":["shop.test","shop.test:8443"],
             "listener":"shop","key_header":"X-Api-Key","upstream":"http://10.0.0.5:8080","on_database_loss":"serve-for 60s",
             "tokens":{"format":"jwt","algorithm":"RS256","life_seconds":300},
             "scopes":{"read":{"description":"See orders"},"write":{"description":"Change orders","implies":["read"]}},
             "routes":[{"methods":["GET"],"path":"/orders/{id}","any":["read"]},
                       {"methods":["*"],"path":"/orders/{order}","all":["read","write"]},
                       {"methods":["GET"],"path":"/health","open":true},
                       {"methods":["POST","PUT"],"path":"/me/**","authenticated":true}]}""";

    @Test
    void anApiIsMadeWholeAndShownAsItWasWritten() {
        Reply made = world.call(world.rootKey, "POST", "/v1/apis", FULL);
        assertThat(made.status()).isEqualTo(201);
        Api stored = world.store
                .facts()
                .api(Id.parse(text(made, "id")).orElseThrow())
                .orElseThrow();
        assertThat(stored.table().match("DELETE", "/orders/7"))
                .isInstanceOfSatisfying(
                        RouteTable.Match.Found.class,
                        found -> assertThat(found.route().need()).isInstanceOf(Need.AllOf.class));
        assertThat(stored.tokens().life().toSeconds()).isEqualTo(300);
        assertThat(members(made))
                .containsEntry("hosts", List.of("shop.test", "shop.test:8443"))
                .containsEntry("upstream", "http://10.0.0.5:8080")
                .containsEntry("tokens", Map.of("format", "jwt", "algorithm", "RS256", "life_seconds", 300L));
        assertThat(members(made).get("routes").toString())
                .contains("open=true", "authenticated=true", "all=[read, write]");
        assertThat(members(world.get(world.rootKey, "/v1/apis/shop"))).isEqualTo(members(made));
        assertThat(members(world.get(world.rootKey, "/v1/apis/" + text(made, "id"))))
                .isEqualTo(members(made));
        assertThat(problem(world.call(world.rootKey, "POST", "/v1/apis", FULL))).isEqualTo("409 conflict");
    }

    @Test
    void aListenerOrHostThatAnotherApiHasIs409AndNamesNothingElseOfIt() {
        world.call(world.rootKey, "POST", "/v1/apis", FULL.replace("shop", "first"));
        String second = FULL.replace("shop", "second");
        taken(
                "POST",
                "/v1/apis",
                second.replace("\"listener\":\"second\"", "\"listener\":\"first\""),
                "the listener first");
        taken("POST", "/v1/apis", second.replace("\"second.test:8443\"", "\"first.test\""), "the host first.test");
        Reply made = world.call(world.rootKey, "POST", "/v1/apis", second);
        String body = "{\"version\":" + text(made, "version") + ",\"issuer\":\"https://o2.test\",\"hosts\":[\"%s\"]}";
        taken("PUT", "/v1/apis/second", body.formatted("first.test:8443"), "the host first.test:8443");
        assertThat(world.call(world.rootKey, "PUT", "/v1/apis/second", body.formatted("second.test"))
                        .status())
                .isEqualTo(200);
    }

    private void taken(String method, String path, String body, String what) {
        Reply refused = world.call(world.rootKey, method, path, body);
        assertThat(problem(refused)).isEqualTo("409 conflict");
        assertThat(text(refused, "detail")).contains(what + " is in use").doesNotContain("api_", "auth.first");
    }

    @Test
    void customersSeeApisButNotWhatIsBehindThem() {
        world.call(world.rootKey, "POST", "/v1/apis", FULL.replace("shop", "market"));
        assertThat(members(world.get(world.t1Key, "/v1/apis/market")))
                .containsKey("routes")
                .doesNotContainKeys("upstream", "listener");
    }

    @Test
    void whatIsLeftOutIsTheDefault() {
        Reply made =
                world.call(world.rootKey, "POST", "/v1/apis", "{\"name\":\"a\",\"issuer\":\"http://127.0.0.1:8080\"}");
        assertThat(members(made))
                .containsEntry("audience", "http://127.0.0.1:8080")
                .containsEntry("tokens", Map.of("format", "sealed", "algorithm", "ES256", "life_seconds", 900L))
                .containsEntry("routes", List.of());
    }

    /// FAPI 2.0: what does not go with a profile is refused with the sentence that says why.
    @Test
    void anApiKeepsToAProfileWithWhatGoesWithIt() {
        String body = "{\"name\":\"%s\",\"issuer\":\"https://%s.test\",\"profile\":\"%s\"%s}";
        for (String profile : List.of("fapi2", "fapi2-message-signing")) {
            for (String wrong : List.of(
                    ",\"dialect\":\"infobip\"",
                    ",\"pushed_request_life_seconds\":61",
                    ",\"tokens\":{\"format\":\"jwt\",\"algorithm\":\"RS256\"}")) {
                Reply refused =
                        world.call(world.rootKey, "POST", "/v1/apis", body.formatted("bad", "bad", profile, wrong));
                assertThat(problem(refused)).as(wrong).isEqualTo("400 invalid_field");
                assertThat(members(refused).toString()).contains("of the profile " + profile);
            }
            Reply made = world.call(
                    world.rootKey,
                    "POST",
                    "/v1/apis",
                    body.formatted(profile, profile, profile, ",\"pushed_request_life_seconds\":30"));
            assertThat(members(made)).containsEntry("profile", profile);
        }
        Reply unknown = world.call(world.rootKey, "POST", "/v1/apis", body.formatted("x", "x", "fapi1", ""));
        assertThat(problem(unknown)).isEqualTo("400 invalid_field");
    }

    @Test
    void anApiIsReplacedUnderItsVersionAndKeepsItsName() {
        Reply made = world.call(world.rootKey, "POST", "/v1/apis", FULL.replace("shop", "bazaar"));
        String body = "{\"version\":" + text(made, "version") + ",\"issuer\":\"https://o.test\"}";
        Reply replaced = world.call(world.rootKey, "PUT", "/v1/apis/bazaar", body);
        assertThat(members(replaced))
                .containsEntry("name", "bazaar")
                .containsEntry("issuer", "https://o.test")
                .containsEntry("routes", List.of());
        assertThat(text(replaced, "version")).isNotEqualTo(text(made, "version"));
        assertThat(problem(world.call(world.rootKey, "PUT", "/v1/apis/bazaar", body)))
                .isEqualTo("409 conflict");
        assertThat(problem(world.call(world.rootKey, "PUT", "/v1/apis/gatehouse", body)))
                .isEqualTo("409 conflict");
        assertThat(problem(world.call(world.rootKey, "PUT", "/v1/apis/none", body)))
                .isEqualTo("404 not_found");
    }

    @Test
    void apisArePagedInTheOrderOfTheirNames() {
        List<Object> names = new ArrayList<>();
        String target = "/v1/apis?limit=1";
        while (!target.isEmpty()) {
            Reply page = world.get(world.rootKey, target);
            items(page).forEach(item -> names.add(((Map<?, ?>) item).get("name")));
            target = members(page).containsKey("next") ? "/v1/apis?limit=1&after=" + text(page, "next") : "";
        }
        assertThat(names).contains("gatehouse", "orders").isSorted().doesNotHaveDuplicates();
        assertThat(problem(world.get(world.rootKey, "/v1/apis?after=api_0000000000001")))
                .isEqualTo("400 invalid_parameter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "issuer":"http://shop.test"                    | issuer must be
            "issuer":"https://shop.test/"                  | issuer must be
            "issuer":"https://shop.test?x"                 | issuer must be
            "issuer":"https://u:p@shop.test"               | issuer must be
            "issuer":"shop.test"                           | issuer must be
            "audience":"a b"                               | audience must be
            "name":"Shop"                                  | name must be
            "name":"api_0000000000001"                     | name must be
            "upstream":"ftp://x"                           | upstream must be
            "upstream":"http://x/path"                     | upstream must be
            "upstream":"http://u:p@x"                      | upstream must be
            "upstream":"http://x:99999"                    | upstream must be
            "upstream":"file:///etc/passwd"                | upstream must be
            "hosts":["Shop.test"]                          | hosts[0] must be
            "hosts":["a","a"]                              | hosts must be
            "hosts":["a/b"]                                | hosts[0] must be
            "key_header":"Authorization"                   | key_header must be
            "key_header":"host"                            | key_header must be
            "key_header":"x y"                             | key_header must be
            "on_database_loss":"serve"                     | on_database_loss must be
            "on_database_loss":"serve-for 0s"              | on_database_loss must be
            "on_database_loss":"serve-for 601s"            | on_database_loss must be
            "on_database_loss":"serve-for 1m"              | on_database_loss must be
            "on_database_loss":60                          | on_database_loss must be
            "tokens":{"format":"paper"}                    | tokens.format must be
            "tokens":{"algorithm":"none"}                  | tokens.algorithm must be
            "tokens":{"algorithm":"HS256"}                 | tokens.algorithm must be
            "tokens":{"life_seconds":0}                    | tokens.life_seconds must be
            "tokens":{"life_seconds":-1}                   | tokens.life_seconds must be
            "tokens":{"life_seconds":86401}                | tokens.life_seconds must be
            "tokens":{"life_seconds":3600.5}               | tokens.life_seconds must be
            "tokens":{"life_seconds":"300"}                | tokens.life_seconds must be
            "tokens":{"lifetime":1}                        | tokens.lifetime is not taken
            "scopes":{"a b":{"description":"x"}}           | scopes (a member's name) must be
            "scopes":{"a":{}}                              | scopes.a.description is missing
            "scopes":{"a":{"description":"x","implies":["b"]}} | scopes.a.implies must be
            "routes":[{"methods":["GET"],"path":"/a"}]                  | exactly one of
            "routes":[{"methods":["GET"],"path":"/a","open":false}]     | exactly one of
            "routes":[{"methods":["GET"],"path":"/a","any":[]}]         | exactly one of
            "routes":[{"methods":["GET"],"path":"/a","open":true,"authenticated":true}]  | exactly one of
            "routes":[{"methods":["GET"],"path":"/a","open":true,"authenticated":false}] | exactly one of
            "routes":[{"methods":["GET"],"path":"/a","any":["none"]}]   | it does not know none
            "routes":[{"methods":["get"],"path":"/a","open":true}]      | routes[0].methods[0] must be
            "routes":[{"methods":[],"path":"/a","open":true}]           | routes[0].methods must be
            "routes":[{"methods":["GET","*"],"path":"/a","open":true}]  | routes[0].methods must be
            "routes":[{"methods":["GET"],"path":"a","open":true}]       | routes[0].path must be
            "routes":[{"methods":["GET"],"path":"/a/../b","open":true}] | routes[0].path must be
            "routes":[{"methods":["GET"],"path":"/%61","open":true}]    | routes[0].path must be
            "routes":[{"methods":["GET"],"path":"/**/a","open":true}]   | routes[0].path must be
            "routes":[{"methods":["GET"],"path":"/a","open":true,"x":1}] | routes[0].x is not taken
            "routes":[{"methods":["GET"],"path":"/a/{x}","open":true},{"methods":["GET"],"path":"/a/{y}","authenticated":true}] | routes[1] must be
            "routes":[{"methods":["*"],"path":"/a","open":true},{"methods":["GET"],"path":"/a","authenticated":true}] | routes[1] must be
            """)
    void aMistakeInAnApiIsNamed(String member, String detail) {
        String name = member.startsWith("\"name\"") ? "" : "\"name\":\"a\",";
        String issuer = member.startsWith("\"issuer\"") ? "" : "\"issuer\":\"https://a.test\",";
        Reply reply = world.call(world.rootKey, "POST", "/v1/apis", "{" + name + issuer + member + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply, "detail")).contains(detail);
    }
}
