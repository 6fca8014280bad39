package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a key of the parent account may do at one sub-account, said by the parent account or by the provider.
class NombaAccessTest extends NombaFixture {
    private static final String TILL = "b5f2b6a0-3d70-4a9f-8b8e-0a3a0f9d7b11";
    private static final String TILL_SECRET = "dGlsbCBzZWNyZXQgdGlsbCBzZWNyZXQgdGlsbCBzZWNy";
    private String till = "";
    private String reader = "";

    @Override
    String api(String name, String upstream) {
        return super.api(name, upstream)
                .replace("\"scopes\": {", "\"scopes\": {\"transfers\": {\"description\": \"Transfers\"},")
                .replace(
                        "\"routes\": [",
                        "\"routes\": [{\"methods\": [\"POST\"], \"path\": \"/v1/transfers\", \"any\": [\"transfers\"]},");
    }

    @BeforeEach
    void till() {
        String role = Setup.role(server, "till", List.of("accounts", "transfers"), "nomba");
        Setup.role(server, "account-writer", List.of("accounts", "transfers", "accounts:manage"), "nomba");
        reader = Setup.role(server, "account-reader", List.of("accounts"), "nomba");
        till = id(Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Till\",\"client_id\":\"" + TILL + "\",\"role\":\"" + role + "\"}"));
        Customer.created(
                server,
                "/v1/applications/" + till + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + TILL_SECRET + "\"}");
    }

    private Got set(String account, String body) {
        return server.send(
                "orders",
                "PUT",
                "/v1/accounts/" + account + "/access",
                body,
                "Authorization",
                "Bearer " + token(parent),
                "accountId",
                parent);
    }

    private void set(String type, String role, String client) {
        Got got = set(sub, "{\"grantType\":\"" + type + "\",\"clientId\":\"" + client + "\"" + role + "}");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("{\"code\":\"00\",\"description\":\"Success\",\"data\":true}");
    }

    private Got tillToken(String account) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\"" + TILL + "\",\"client_secret\":\""
                        + TILL_SECRET + "\"}",
                "accountId",
                account);
    }

    private int transfer(String token, String account) {
        return server.send(
                        "orders",
                        "POST",
                        "/v1/transfers",
                        "{}",
                        "Authorization",
                        "Bearer " + token,
                        "accountId",
                        account)
                .status();
    }

    @Test
    void aReaderReadsAndWhoIsDeniedDoesNothing() throws IOException {
        String token = Pair.of(tillToken(parent)).access();
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
        assertThat(transfer(token, sub)).isEqualTo(200);

        set("allow", ",\"role\":\"ACCOUNT_READER\"", TILL);
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
        assertThat(transfer(token, sub)).isEqualTo(403);
        assertThat(transfer(token, parent)).as("at home").isEqualTo(200);

        set("deny", "", TILL);
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        refused(tillToken(sub), 403, "403", "Forbidden");
        assertThat(call("Bearer " + token, parent).status()).isEqualTo(200);
        server = server.restarted(folder, clock);
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");

        set("allow", "", TILL);
        assertThat(transfer(token, sub)).as("writer by default").isEqualTo(200);
        assertThat(server.send(
                                "orders",
                                "PUT",
                                "/v1/accounts/suspend/" + sub,
                                "",
                                "Authorization",
                                "Bearer " + token,
                                "accountId",
                                parent)
                        .status())
                .as("nothing is given that the key does not have at home")
                .isEqualTo(403);
        assertThat(server.admin("GET", "/v1/audit?limit=20", "").text())
                .contains("organization.replace", till + " deny", till + " " + reader);
    }

    /// A token that was issued under the narrower right does not grow.
    @Test
    void aTokenOfAReaderStaysOne() {
        set("allow", ",\"role\":\"ACCOUNT_READER\"", TILL);
        String token = Pair.of(tillToken(sub)).access();
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
        assertThat(transfer(token, parent)).isEqualTo(403);
    }

    /// GAUNTLET H01, H05.
    @Test
    void onlyOwnApplicationsAtAccountsBelow() {
        String body = "{\"grantType\":\"deny\",\"clientId\":\"" + TILL + "\"}";
        for (String account : List.of(parent, stranger, "01a10aeb-d989-460a-bbde-9842f2b4320f", "x")) {
            refused(set(account, body), 404, "404", "Record not found");
        }
        Customer other =
                Customer.create(server, "elsewhere", Setup.role(server, "elsewhere", List.of("accounts"), "nomba"));
        refused(
                set(sub, "{\"grantType\":\"deny\",\"clientId\":\"" + other.clientId() + "\"}"),
                404,
                "404",
                "Record not found");
        refused(set(sub, "{\"grantType\":\"allow\",\"clientId\":\"" + CLIENT + "\"}"), 403, "403", "Forbidden");
        refused(set(sub, "{\"grantType\":\"deny\"}"), 400, "02", "clientId is missing");
        refused(
                set(sub, "{\"grantType\":\"maybe\",\"clientId\":\"" + TILL + "\"}"),
                422,
                "02",
                "grantType must be allow, deny");
        refused(
                set(sub, "{\"grantType\":\"allow\",\"clientId\":\"" + TILL + "\",\"role\":\"OWNER\"}"),
                422,
                "02",
                "role must be ACCOUNT_WRITER, ACCOUNT_READER");
        String weak = Pair.of(tillToken(parent)).access();
        refused(
                server.send(
                        "orders",
                        "PUT",
                        "/v1/accounts/" + sub + "/access",
                        body,
                        "Authorization",
                        "Bearer " + weak,
                        "accountId",
                        parent),
                403,
                "403",
                "Forbidden");
    }

    /// What the provider says stays, whatever the parent account says besides.
    @Test
    void whatTheProviderDeniesTheParentAccountDoesNotGiveBack() {
        Got denied =
                server.admin("PATCH", "/v1/organizations/" + sub, "{\"access\":[{\"application\":\"" + till + "\"}]}");
        assertThat(denied.status()).as(denied.text()).isEqualTo(200);
        assertThat(denied.json().at("/access/0/by").asString()).startsWith("org_");
        String token = Pair.of(tillToken(parent)).access();
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        set("deny", "", TILL);
        refused(set(sub, "{\"grantType\":\"allow\",\"clientId\":\"" + TILL + "\"}"), 403, "403", "Forbidden");
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        JsonNode both =
                server.admin("GET", "/v1/organizations/" + sub, "").json().get("access");
        assertThat(both.size()).isEqualTo(2);
        assertThat(both.at("/1/by").asString()).isEqualTo(parent);
        assertThat(server.admin(
                                "PATCH",
                                "/v1/organizations/" + sub,
                                "{\"access\":[" + both.get(1).toString() + "]}")
                        .status())
                .as("the provider takes it back")
                .isEqualTo(200);
        set("allow", "", TILL);
        assertThat(transfer(token, sub)).isEqualTo(200);
        set("deny", "", TILL);
        assertThat(server.admin("GET", "/v1/organizations/" + sub, "")
                        .json()
                        .get("access")
                        .size())
                .as("an organization says it once")
                .isEqualTo(1);
    }

    /// As files do that make an installation again: what is said so is that organization's to take back.
    @Test
    void theProviderSaysItInTheNameOfOneThatIsAbove() {
        String entry = "{\"access\":[{\"application\":\"" + till + "\",\"by\":\"%s\"}]}";
        for (String other : List.of(sub, stranger)) {
            assertThat(server.admin("PATCH", "/v1/organizations/" + sub, entry.formatted(other))
                            .status())
                    .isEqualTo(409);
        }
        Got said = server.admin("PATCH", "/v1/organizations/" + sub, entry.formatted(parent));
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(said.json().at("/access/0/by").asString()).isEqualTo(parent);
        String token = Pair.of(tillToken(parent)).access();
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        set("allow", "", TILL);
        assertThat(call("Bearer " + token, sub).status()).isEqualTo(200);
    }

    /// Less than what is allowed is not told to be it, wherever it is said; as much is.
    @Test
    void whatIsAllowedIsWhatTheKeyMayDoThen() {
        Customer.created(server, "/v1/organizations", "{\"name\":\"East 2\",\"parent\":\"" + sub + "\"}");
        String below = id(server.admin("GET", "/v1/organizations?parent=" + sub, "")
                .json()
                .at("/items/0"));
        String entry = "{\"access\":[{\"application\":\"" + till + "\",\"role\":\"" + reader + "\"}]}";
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, entry).status())
                .isEqualTo(200);
        for (String account : List.of(sub, below)) {
            String body = "{\"grantType\":\"allow\",\"clientId\":\"" + TILL + "\"";
            refused(set(account, body + "}"), 403, "403", "Forbidden");
            assertThat(set(account, body + ",\"role\":\"ACCOUNT_READER\"}").status())
                    .isEqualTo(200);
        }
    }

    /// What was said before it was written down who says it is of the account right above.
    @Test
    void whatNobodyIsKnownToHaveSaidTheParentAccountTakesBack() throws IOException {
        String below =
                id(Customer.created(server, "/v1/organizations", "{\"name\":\"East 2\",\"parent\":\"" + sub + "\"}"));
        set("deny", "", TILL);
        assertThat(set(below, "{\"grantType\":\"deny\",\"clientId\":\"" + TILL + "\"}")
                        .status())
                .isEqualTo(200);
        StoredRows.change(
                folder.resolve("data/gatehouse.db"), "UPDATE organization SET access_by = '' WHERE access_by <> ''");
        server = server.restarted(folder, clock);
        String token = Pair.of(tillToken(parent)).access();
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        set("allow", "", TILL);
        assertThat(transfer(token, sub)).isEqualTo(200);
        refused(set(below, "{\"grantType\":\"allow\",\"clientId\":\"" + TILL + "\"}"), 403, "403", "Forbidden");
        refused(call("Bearer " + token, below), 403, "403", "Forbidden");
    }

    @Test
    void whatIsSaidOfARevokedKeyIsForgotten() {
        set("deny", "", TILL);
        server.admin("POST", "/v1/applications/" + till + "/revoke", "{}");
        String other = "6f7b34a5-11d2-4df5-a1a5-3a3d0c9d1a22";
        Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Other\",\"client_id\":\"" + other + "\"}");
        set("deny", "", other);
        JsonNode access =
                server.admin("GET", "/v1/organizations/" + sub, "").json().get("access");
        assertThat(access.size()).isEqualTo(1);
        assertThat(access.at("/0/application").asString()).isNotEqualTo(till);
    }

    @Test
    void theAdminApiSaysTheSame() {
        String token = Pair.of(tillToken(parent)).access();
        JsonNode shown = server.admin("GET", "/v1/organizations/" + sub, "").json();
        assertThat(shown.get("access").size()).isZero();
        Got bound = server.admin(
                "PATCH",
                "/v1/organizations/" + sub,
                "{\"access\":[{\"application\":\"" + till + "\",\"role\":\"" + reader + "\"}]}");
        assertThat(bound.status()).as(bound.text()).isEqualTo(200);
        assertThat(bound.json().at("/access/0/role").asString()).isEqualTo(reader);
        assertThat(transfer(token, sub)).isEqualTo(403);
        assertThat(server.admin("DELETE", "/v1/roles/" + reader, "").status())
                .as("a role that bounds somebody")
                .isEqualTo(409);
        Got denied =
                server.admin("PATCH", "/v1/organizations/" + sub, "{\"access\":[{\"application\":\"" + till + "\"}]}");
        assertThat(denied.status()).as(denied.text()).isEqualTo(200);
        refused(call("Bearer " + token, sub), 403, "403", "Forbidden");
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, "{\"name\":\"renamed\"}")
                        .json()
                        .get("access")
                        .size())
                .isEqualTo(1);
        assertThat(server.admin("PATCH", "/v1/organizations/" + sub, "{\"access\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(transfer(token, sub)).isEqualTo(200);
        for (String wrong : List.of(
                "{\"application\":\"app_0000000000001\"}",
                "{\"application\":\"" + till + "\",\"role\":\"role_0000000000001\"}",
                "{\"application\":\"" + till + "\"},{\"application\":\"" + till + "\",\"role\":\"" + reader + "\"}")) {
            assertThat(server.admin("PATCH", "/v1/organizations/" + sub, "{\"access\":[" + wrong + "]}")
                            .status())
                    .as(wrong)
                    .isEqualTo(409);
        }
        assertThat(server.admin(
                                "PATCH",
                                "/v1/organizations/" + stranger,
                                "{\"access\":[{\"application\":\"" + till + "\"}]}")
                        .status())
                .as("of no organization above")
                .isEqualTo(409);
    }
}
