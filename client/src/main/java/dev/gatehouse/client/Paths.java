package dev.gatehouse.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where things are found in the admin API, by their public ids.
final class Paths {
    /// The collection that an id belongs to, by its prefix.
    private static final Map<String, String> COLLECTIONS = Map.ofEntries(
            Map.entry("org", "organizations"),
            Map.entry("app", "applications"),
            Map.entry("cred", "credentials"),
            Map.entry("cust", "customers"),
            Map.entry("user", "users"),
            Map.entry("memb", "memberships"),
            Map.entry("sess", "sessions"),
            Map.entry("role", "roles"),
            Map.entry("api", "apis"),
            Map.entry("conn", "connections"),
            Map.entry("csess", "connect-sessions"),
            Map.entry("idp", "identity-providers"));

    private Paths() {}

    static String below(String id, String rest) {
        return of(id) + rest;
    }

    static String of(String id) {
        int mark = Math.max(id.indexOf('_'), 0);
        String collection = COLLECTIONS.get(id.substring(0, mark));
        if (collection == null) {
            throw new IllegalArgumentException(
                    "not an id of an organization, application, credential, customer, user, membership, connection,"
                            + " connect session, role, identity provider or Api: "
                            + id);
        }
        return "/v1/" + collection + "/" + encode(id);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
