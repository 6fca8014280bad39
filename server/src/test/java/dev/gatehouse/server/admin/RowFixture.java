package dev.gatehouse.server.admin;

import java.util.List;

/// Every operation of the admin API, with a body that it takes.
abstract class RowFixture extends AdminFixture {
    static final String NOWHERE = "0000000000001";

    static List<Row> rows() {
        return Operations.TABLE;
    }

    /// A body that each form takes.
    String body(Row row) {
        return switch (String.join(",", row.form().names())) {
            case "name,rights" -> "{\"name\":\"x\",\"rights\":{}}";
            case "rights,version" -> "{\"rights\":{},\"version\":0}";
            case "not_before,expires_at" -> "{\"expires_at\":\"2028-01-01T00:00:00Z\"}";
            case "", "hold" -> row.method().equals("GET") ? "" : "{}";
            case String names when names.startsWith("overlap_seconds") -> "{}";
            case "password" -> "{\"password\":\"none that many have\"}";
            case "argon2id" -> "{\"argon2id\":\"$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43) + "\"}";
            case "user,role,not_before,expires_at" -> "{\"user\":\"user_" + NOWHERE + "\"}";
            case "role,not_before,expires_at" -> "{\"role\":null}";
            case "identity_provider" -> "{\"identity_provider\":\"idp_" + NOWHERE + "\"}";
            case String names
            when names.startsWith("name,title,") ->
                "{\"name\":\"x\",\"issuer\":\"https://x.example\",\"client_id\":\"x\",\"client_secret\":\"x\","
                        + "\"apis\":[]}";
            case String names when names.startsWith("title,client_id,") -> "{\"title\":\"x\"}";
            case String names when names.startsWith("username,") -> "{\"username\":\"x\"}";
            case String names
            when names.startsWith("platform,") ->
                "{\"platform\":\"HubSpot\",\"kind\":\"key\",\"name\":\"x\",\"credential\":{\"token\":\"x\"}}";
            case String names
            when names.startsWith("api,platform,") ->
                "{\"api\":\"orders\",\"platform\":\"HubSpot\",\"name\":\"x\",\"began_by\":\"x\","
                        + "\"return_to\":\"https://app.example/back\"}";
            case String names
            when names.startsWith("code,") -> "{\"code\":\"" + "A".repeat(43) + "\",\"began_by\":\"x\"}";
            case String names when names.startsWith("credential,") -> "{\"credential\":{\"token\":\"x\"}}";
            default ->
                row.form().names().contains("kind") ? "{\"kind\":\"api_key\",\"name\":\"x\"}" : "{\"name\":\"x\"}";
        };
    }
}
