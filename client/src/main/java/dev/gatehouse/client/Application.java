package dev.gatehouse.client;

import java.util.Optional;

/// A machine member of an organization.
///
/// @param clientId its public id, which proves nothing
/// @param role the id of what it may do at most
/// @param json the whole answer, members that this SDK does not know included
public record Application(
        String id, String organization, String clientId, String name, Optional<String> role, Json.Obj json) {
    static Application read(Json.Obj json) {
        return new Application(
                Answers.text(json, "id"),
                Answers.text(json, "organization"),
                Answers.text(json, "client_id"),
                json.text("name").orElse(""),
                json.text("role"),
                json);
    }
}
