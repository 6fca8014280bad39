package dev.gatehouse.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/// One call of a protected route, to see whether Gatehouse lets it through.
public final class Knock {
    /// What came back.
    ///
    /// @param code the word that names the refusal, if the body has one
    /// @param challenge the `WWW-Authenticate` header
    public record Answer(int status, Optional<String> code, Optional<String> challenge) {
        /// Whether it was let through: the statuses with which Gatehouse refuses are 400, 401, 403, 404, 405,
        /// 421, 429 and 503. An upstream's own 400 or 404 has no code of Gatehouse.
        public boolean allowed() {
            return status != 401 && status != 403 && status != 429 && status != 503 && code.isEmpty();
        }
    }

    private Knock() {}

    /// Calls a route with a credential as its bearer, or with none.
    ///
    /// @throws GatehouseException.Unreachable when nobody answers
    public static Answer at(String method, URI route, Optional<Secret> credential) {
        try (Transport transport = new Transport(route.resolve("/"))) {
            String query = route.getRawQuery() == null ? "" : "?" + route.getRawQuery();
            HttpRequest.Builder request =
                    transport.to(route.getRawPath() + query).method(method, HttpRequest.BodyPublishers.noBody());
            credential.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
            HttpResponse<String> reply = transport.exchange(request.build());
            return new Answer(reply.statusCode(), code(reply), reply.headers().firstValue("WWW-Authenticate"));
        }
    }

    private static Optional<String> code(HttpResponse<String> reply) {
        boolean problem = reply.statusCode() >= 400
                && reply.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        try {
            return problem && Json.parse(reply.body()) instanceof Json.Obj object
                    ? object.text("code")
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }
}
