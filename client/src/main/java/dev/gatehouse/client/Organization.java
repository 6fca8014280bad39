package dev.gatehouse.client;

import java.util.Optional;

/// A customer of the provider, or the provider itself.
///
/// @param parent absent for the provider
/// @param json the whole answer, members that this SDK does not know included
public record Organization(String id, Optional<String> parent, String name, Json.Obj json) {
    static Organization read(Json.Obj json) {
        return new Organization(
                Answers.text(json, "id"), json.text("parent"), json.text("name").orElse(""), json);
    }
}
