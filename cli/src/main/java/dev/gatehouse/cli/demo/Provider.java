package dev.gatehouse.cli.demo;

import dev.gatehouse.cli.demo.DemoFile.Probe;
import dev.gatehouse.client.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A provider whose dialect the demo serves: its Api, and what its customer has.
///
/// @param kind what its customer proves itself with, in the words of `demo.json`
/// @param publicId the provider's name for the public id beside it; empty where a key is all there is
record Provider(
        String dialect,
        Probe probe,
        List<String> scopes,
        List<Json> routes,
        Map<String, String> products,
        String kind,
        Optional<String> publicId) {
    /// Whether pages of its customers have keys of their own.
    boolean inPages() {
        return dialect.equals("inbenta");
    }

    /// The customer of the customer that Send For Sign's credential may act for.
    static final String CLIENT_KEY = "demo-client";

    private static final String DELEGATE = "tokens:delegate";
    /// What proves the customer of the provider whose customers connect platforms in browsers.
    static final String CONNECTING = "data2crm_user";

    private static final String APPLICATIONS = "applications:manage";
    private static final String MANAGE = "account-management:manage";

    /// All of them. Their Apis, listeners and roles are named like the dialects.
    static final List<Provider> ALL = List.of(
            new Provider(
                    "sfs",
                    new Probe("POST", "/api/contract", "contracts"),
                    List.of("contracts", DELEGATE),
                    List.of(route("POST", "/api/contract", "contracts"), route("POST", "/api/client", DELEGATE)),
                    Map.of(),
                    "sfs_key",
                    Optional.of("apiKey")),
            new Provider(
                    "inbenta",
                    new Probe("GET", "/prod/chatbot/v1/conversation", "chatbot"),
                    List.of("chatbot"),
                    List.of(route("*", "/prod/chatbot/**", "chatbot")),
                    Map.of("chatbot", "/prod/chatbot"),
                    "inbenta_secret",
                    Optional.of("x-inbenta-key")),
            new Provider(
                    "nomba",
                    new Probe("GET", "/v1/accounts/balance", "accounts"),
                    List.of("accounts"),
                    List.of(route("GET", "/v1/accounts/**", "accounts")),
                    Map.of(),
                    "nomba_client",
                    Optional.of("client_id")),
            new Provider(
                    "infobip",
                    new Probe("GET", "/account/1/balance", MANAGE),
                    List.of(MANAGE, "message:send"),
                    List.of(
                            route("GET", "/account/1/balance", MANAGE),
                            route("POST", "/sms/2/text/advanced", "message:send"),
                            route("POST", "/sms/3/messages", "message:send")),
                    Map.of(),
                    "infobip_app",
                    Optional.empty()),
            new Provider(
                    "data2crm",
                    new Probe("GET", "/v1/application/count", APPLICATIONS),
                    List.of(APPLICATIONS, "crm:use"),
                    List.of(route("*", "/v1/**", "crm:use")
                            .with("connection", Json.Obj.EMPTY.with("header", "X-API2CRM-APPLICATION-KEY"))),
                    Map.of(),
                    CONNECTING,
                    Optional.empty()));

    /// What the sample upstream answers as the providers do.
    static final Map<String, String> TOLD = Map.of(
            "POST /api/client",
            "{\"client\":{\"createTime\":\"2026-01-01 12:00:00\",\"clientKey\":\"" + CLIENT_KEY
                    + "\",\"users\":[]},\"code\":\"201\",\"message\":\"Client created\"}",
            "GET /account/1/balance",
            "{\"balance\":47.79,\"currency\":\"EUR\"}",
            "POST /sms/2/text/advanced",
            "{\"bulkId\":\"demo\",\"messages\":[{\"to\":\"41793026727\",\"messageId\":\"demo-1\"}]}",
            "POST /sms/3/messages",
            "{\"bulkId\":\"demo\",\"messages\":[]}");

    private static Json.Obj route(String method, String path, String scope) {
        return Json.Obj.EMPTY
                .with("methods", Json.strings(List.of(method)))
                .with("path", path)
                .with("any", Json.strings(List.of(scope)));
    }
}
