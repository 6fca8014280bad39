package dev.gatehouse.client;

/// A person. What it may do is its memberships'.
///
/// @param organization its home
/// @param username unique in the installation
/// @param json the whole answer with the claims of its profile, members that this SDK does not know included
public record User(String id, String organization, String username, Json.Obj json) {
    static User read(Json.Obj json) {
        return new User(
                Answers.text(json, "id"), Answers.text(json, "organization"), Answers.text(json, "username"), json);
    }
}
