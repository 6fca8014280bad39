package dev.gatehouse.client;

import java.util.Optional;

/// A user in an organization.
///
/// @param role what it may do there; without one nothing
/// @param json the whole answer, members that this SDK does not know included
public record Membership(String id, String user, String organization, Optional<String> role, Json.Obj json) {
    static Membership read(Json.Obj json) {
        return new Membership(
                Answers.text(json, "id"),
                Answers.text(json, "user"),
                Answers.text(json, "organization"),
                json.text("role"),
                json);
    }
}
