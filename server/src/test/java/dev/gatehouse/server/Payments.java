package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Payments as authorization details (RFC 9396) at an Api of [Setup], and a route that is for whoever may make one.
final class Payments {
    static final String TYPES = """
            {"payment_initiation":
                 {"description": "Pay {amount.value} {amount.currency} to {creditor}",
                  "descriptions": {"de": "{amount.value} {amount.currency} an {creditor} zahlen"}, "scope": "things:read",
                  "members": {"actions": {"kind": "texts", "required": true, "values": ["initiate", "status"]},
                              "creditor": {"kind": "text", "required": true},
                              "amount": {"kind": "object", "required": true}}}}
            """;

    static final String ROUTE = "{\"methods\":[\"POST\"],\"path\":\"/payments\",\"any\":[\"things:read\"],"
            + "\"authorization_details\":\"payment_initiation\"}";

    private Payments() {}

    static void at(RunningServer server, String api) {
        at(server, api, TYPES, ROUTE);
    }

    static void at(RunningServer server, String api, String types, String route) {
        Got got = put(server, api, types, route);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// Writes these types, and this route besides another one.
    static Got put(RunningServer server, String api, String types, String route) {
        ObjectNode read =
                (ObjectNode) server.admin("GET", "/v1/apis/" + api, "").json();
        read.set("authorization_details_types", RunningServer.JSON.readTree(types));
        read.set(
                "routes",
                RunningServer.JSON.readTree("[" + route + (route.isEmpty() ? "" : ",")
                        + "{\"methods\":[\"GET\"],\"path\":\"/things\",\"any\":[\"things:read\"]}]"));
        read.remove(List.of("id", "name", "organization"));
        return server.admin("PUT", "/v1/apis/" + api, read.toString());
    }

    /// Writes the types, and leaves the routes as they are.
    static void typed(RunningServer server, String api) {
        ObjectNode read =
                (ObjectNode) server.admin("GET", "/v1/apis/" + api, "").json();
        read.set("authorization_details_types", RunningServer.JSON.readTree(TYPES));
        read.remove(List.of("id", "name", "organization"));
        Got got = server.admin("PUT", "/v1/apis/" + api, read.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    static String json(String creditor) {
        return ("[{\"type\":\"payment_initiation\",\"actions\":[\"initiate\",\"status\"],"
                        + "\"amount\":{\"currency\":\"EUR\",\"value\":\"123.50\"},\"creditor\":\"%s\"}]")
                .formatted(creditor);
    }

    static JsonNode tree(String creditor) {
        return RunningServer.JSON.readTree(json(creditor));
    }

    /// A parameter, with what is before it.
    static String asked(String creditor) {
        return "&authorization_details=" + URLEncoder.encode(json(creditor), StandardCharsets.UTF_8);
    }

    static Got pay(RunningServer server, String api, String token, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call(api, "POST", "/payments", all);
    }
}
