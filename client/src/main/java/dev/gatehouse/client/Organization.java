package dev.gatehouse.client;

import java.util.Optional;

/// A customer of the provider, or the provider itself.
///
/// @param parent absent for the provider
/// @param secret of the key that it begins with; there once, in the answer that created it, where the one above
///     has a `first_key`
/// @param json the whole answer without the secret, members that this SDK does not know included
public record Organization(String id, Optional<String> parent, String name, Optional<Secret> secret, Json.Obj json) {
    private static final String KEY = "key";

    /// What is told once of the application and the key that it begins with, without the secret.
    public Optional<Json.Obj> key() {
        return json.get(KEY).filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
    }

    /// The whole answer with the secret, to be shown to whoever asked for it.
    public Json.Obj shown() {
        return secret.flatMap(text -> key().map(key -> json.with(KEY, key.with(Credential.SECRET, text.reveal()))))
                .orElse(json);
    }

    static Organization read(Json.Obj json) {
        Optional<Json.Obj> key =
                json.get(KEY).filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        return new Organization(
                Answers.text(json, "id"),
                json.text("parent"),
                json.text("name").orElse(""),
                key.flatMap(one -> one.text(Credential.SECRET)).map(Secret::of),
                key.map(one -> json.with(KEY, one.without(Credential.SECRET))).orElse(json));
    }
}
