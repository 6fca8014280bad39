package dev.gatehouse.client;

/// A named set of scopes per Api.
///
/// @param json the whole answer, the rights included
public record Role(String id, String name, Json.Obj json) {
    static Role read(Json.Obj json) {
        return new Role(Answers.text(json, "id"), Answers.text(json, "name"), json);
    }
}
