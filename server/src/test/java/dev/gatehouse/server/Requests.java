package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.server.RunningServer.Got;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests made from the document. What an operation takes is there in a form that it accepts; every reply is
/// held against the document.
/// @param above an application beside the caller's, which may not say what bounds itself
record Requests(RunningServer server, ApiDocument document, SchemaCheck check, AtomicInteger drawn, String above) {
    private static final JsonNodeFactory NODES = RunningServer.JSON.getNodeFactory();

    static Requests to(RunningServer server) {
        ApiDocument document = ApiDocument.of(server);
        return new Requests(server, document, new SchemaCheck(document), new AtomicInteger(), beside(server));
    }

    private static String beside(RunningServer server) {
        String organization = server.admin("GET", "/v1/whoami", "")
                .json()
                .at("/organization/id")
                .asString();
        return server.admin("POST", "/v1/organizations/" + organization + "/applications", "{\"name\":\"above\"}")
                .json()
                .get("id")
                .asString();
    }

    /// The path with the ids of an estate.
    String path(Operation operation, Estate estate) {
        return path(operation, estate, Map.of());
    }

    /// The path with the ids of an estate, but for the variables that are given here.
    String path(Operation operation, Estate estate, Map<String, String> others) {
        String path = operation.path();
        for (String variable : operation.variables()) {
            String id =
                    Optional.ofNullable(others.get(variable)).orElseGet(() -> estate.id(prefix(operation, variable)));
            path = path.replace("{" + variable + "}", id);
        }
        return path;
    }

    /// The prefix of the ids that a variable of the path or a parameter of the query takes.
    static String prefix(Operation operation, String name) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.get("name").asString().equals(name))
                .findFirst()
                .flatMap(parameter -> ApiDocument.idPrefix(parameter.get("schema")))
                .orElseThrow();
    }

    /// The members that a body must have, and these others, with the host where certificates are asked for;
    /// none when the operation takes no body.
    ObjectNode body(Operation operation, Estate estate, List<String> others) {
        ObjectNode body = NODES.objectNode();
        if (operation.body().isEmpty()) {
            return body;
        }
        JsonNode schema = operation.body().get();
        List<String> names = new ArrayList<>(others);
        schema.path("required").values().forEach(name -> names.add(name.asString()));
        schema.get("properties").properties().forEach(member -> {
            if (names.contains(member.getKey())) {
                JsonNode value = member.getKey().equals("version")
                        ? server.admin("GET", path(operation, estate), "")
                                .json()
                                .get("version")
                        : value(names, member.getKey(), member.getValue(), estate);
                body.set(member.getKey(), value);
            }
        });
        if (body.has("mtls_base")) {
            body.set(
                    "hosts",
                    NODES.arrayNode().add(body.get("mtls_base").asString().substring("https://".length())));
        }
        return body;
    }

    /// Only a domain key has origins, only public keys are a set, only a client that takes codes has redirect
    /// URIs, only one that signs keeps to a profile.
    private JsonNode value(List<String> names, String name, JsonNode schema, Estate estate) {
        if (name.equals("kind") && names.contains("origins")) {
            return NODES.stringNode("domain_key");
        }
        if (name.equals("kind")
                && (names.contains("jwks")
                        || names.contains("jwks_uri")
                        || names.stream().anyMatch(one -> one.startsWith("tls_client_auth_")))) {
            return NODES.stringNode("public_key");
        }
        if (name.equals("token_endpoint_auth_method") && names.contains("profile")) {
            return NODES.stringNode("private_key_jwt");
        }
        return name.equals("grant_types") && names.contains("redirect_uris")
                ? NODES.arrayNode().add("authorization_code")
                : value(name, schema, estate);
    }

    /// The members that a body may have and need not.
    static List<String> optional(Operation operation) {
        if (operation.body().isEmpty()) {
            return List.of();
        }
        JsonNode schema = operation.body().get();
        List<String> names = new ArrayList<>(schema.get("properties").propertyNames());
        schema.path("required").values().forEach(name -> names.remove(name.asString()));
        return names;
    }

    /// Sends a request and holds the reply against the document.
    Got send(Secret as, Operation operation, String path, JsonNode body, String... headers) {
        String sent = operation.writes() ? body.toString() : "";
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Authorization", "Bearer " + as.reveal()));
        if (operation.writes()) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        Got got = server.adminWith(
                operation.method(), path, sent.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
        String what = operation.method() + " " + path + " " + sent + " -> " + got.status() + " " + got.text();
        Assertions.assertThat(operation.json().get("responses").has(Integer.toString(got.status())))
                .as("a reply that is not in the document: %s", what)
                .isTrue();
        JsonNode schema = document.reply(operation, got.status());
        if (schema.isMissingNode()) {
            Assertions.assertThat(got.text()).as(what).isEmpty();
        } else {
            Assertions.assertThat(check.mistakes(schema, got.json())).as(what).isEmpty();
        }
        return got;
    }

    /// A value that is taken for a member or parameter of this name.
    JsonNode value(String name, JsonNode schema, Estate estate) {
        return candidates(name, schema, estate).stream()
                .filter(value -> check.allows(schema, value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no value known for " + name + ": " + schema));
    }

    /// Values that mean something where the member's name says what is meant, then what the schema itself says.
    private List<JsonNode> candidates(String name, JsonNode schema, Estate estate) {
        String own = "n" + drawn.incrementAndGet();
        List<JsonNode> values = new ArrayList<>();
        List<String> known = switch (name) {
            case "name" -> List.of("\"" + own + "\"");
            case "client_id", "listener" -> List.of("\"" + own + "-x\"");
            case "username" -> List.of("\"" + own + "\"");
            case "password" -> List.of("\"a-password-of-their-own\"");
            case "kind" -> List.of("\"secret\"", "\"oauth_external\"");
            // Its file has no call to try a credential by, so that none is made.
            case "platform" -> List.of("\"Atlassian\"");
            case "credential" -> List.of("{\"access_token\":\"a-token-of-their-own\"}");
            case "secret" -> List.of("\"a-secret-of-their-own-" + own + "\"");
            case "issuer", "audience" -> List.of("\"https://" + own + ".example.com\"");
            case "mtls_base" -> List.of("\"https://" + own + ".example.com\"");
            case "hosts" -> List.of("[\"" + own + ".example.com\"]");
            case "not_before" -> List.of("\"2026-01-01T06:00:00Z\"");
            case "expires_at" -> List.of("\"2026-01-01T12:00:00Z\"");
            case "rights", "scopes" -> List.of("{\"orders\":[\"things:read\"]}");
            case "jwks" -> List.of(SigningClient.jwks(own, SigningClient.draw()));
            case "assertion_issuer" -> List.of("\"https://ci.example.com\"");
            case "assertion_subject" -> List.of("\"repo:acme/shop\"");
            case "jwks_uri" -> List.of("\"https://keys.example.com/jwks\"");
            case "tls_client_auth_subject_dn" -> List.of("\"CN=reports\"");
            case "tls_client_auth_san_dns" -> List.of("\"reports.example.com\"");
            case "tls_client_auth_san_uri" -> List.of("\"urn:example:reports\"");
            case "tls_client_auth_san_ip" -> List.of("\"192.0.2.7\"");
            case "tls_client_auth_san_email" -> List.of("\"reports@example.com\"");
            case "redirect_uris" -> List.of("[\"https://app.example.com/back\"]");
            // A list would have to be there, and be read.
            case "sector_identifier_uri" -> List.of("null");
            // Their grant would have to be there.
            case "backchannel_token_delivery_mode",
                    "backchannel_client_notification_endpoint",
                    "backchannel_authentication_request_signing_alg",
                    "backchannel_user_code_parameter" -> List.of("null");
            case "request_uris" -> List.of("[\"https://app.example.com/request.jwt\"]");
            case "backchannel_logout_uri", "frontchannel_logout_uri" -> List.of("\"https://app.example.com/out\"");
            // The types of an Api, and those of a client.
            case "authorization_details_types" -> List.of("{\"payment\":{\"description\":\"Pay\"}}", "[\"payment\"]");
            case "apis" -> List.of("[\"orders\"]");
            case "organizations" -> List.of("[\"" + estate.organization() + "\"]");
            // Of an application above the organization that is changed.
            case "access" -> List.of("[{\"application\":\"%s\"}]".formatted(above));
            case "routes" -> List.of("[{\"methods\":[\"GET\"],\"path\":\"/x\",\"open\":true}]");
            default -> List.of();
        };
        known.forEach(json -> values.add(RunningServer.JSON.readTree(json)));
        ApiDocument.idPrefix(schema).ifPresent(prefix -> values.add(NODES.stringNode(estate.id(prefix))));
        values.add(made(schema, estate));
        return values;
    }

    private JsonNode made(JsonNode schema, Estate estate) {
        for (String keyword : List.of("examples", "enum", "anyOf")) {
            JsonNode choices = schema.path(keyword);
            if (choices.isArray()) {
                return keyword.equals("anyOf") ? made(choices.get(0), estate) : choices.get(0);
            }
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema, estate);
            case "array" -> NODES.arrayNode().add(made(schema.get("items"), estate));
            case "integer" ->
                NODES.numberNode(Math.max(1, schema.path("minimum").asLong()));
            case "boolean" -> NODES.booleanNode(true);
            default -> NODES.stringNode("x");
        };
    }

    private JsonNode object(JsonNode schema, Estate estate) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties")
                .properties()
                .forEach(member -> object.set(member.getKey(), value(member.getKey(), member.getValue(), estate)));
        if (schema.has("propertyNames")) {
            String key = schema.get("propertyNames").get("examples").get(0).asString();
            object.set(key, value("", schema.get("additionalProperties"), estate));
        }
        return object;
    }
}
