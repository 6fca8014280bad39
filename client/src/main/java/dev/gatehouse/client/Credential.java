package dev.gatehouse.client;

import java.util.Optional;

/// What proves an application, a user or a member.
///
/// @param application whose it is; empty when it is a user's or a member's
/// @param kind `api_key`, `secret` or `password`
/// @param hint what lists show of the secret
/// @param secret the secret itself; there once, in the answer that created it, and where it was asked for again
/// @param json the whole answer without the secret, members that this SDK does not know included
public record Credential(
        String id, String application, String kind, String name, String hint, Optional<Secret> secret, Json.Obj json) {
    static final String SECRET = "secret";

    /// Whether it was ended for good.
    public boolean revoked() {
        return json.text("state").equals(Optional.of("revoked"));
    }

    /// The whole answer with the secret, to be shown to whoever asked for it.
    public Json.Obj shown() {
        return secret.map(text -> json.with(SECRET, text.reveal())).orElse(json);
    }

    static Credential read(Json.Obj json) {
        return new Credential(
                Answers.text(json, "id"),
                json.text("application").orElse(""),
                Answers.text(json, "kind"),
                json.text("name").orElse(""),
                json.text("hint").orElse(""),
                json.text(SECRET).map(Secret::of),
                json.without(SECRET));
    }
}
