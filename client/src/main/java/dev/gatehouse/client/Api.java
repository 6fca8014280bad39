package dev.gatehouse.client;

/// One protected API of the provider.
///
/// @param issuer what its tokens name in `iss`
/// @param json the whole answer: scopes, routes, token policy, upstream
public record Api(String id, String name, String issuer, Json.Obj json) {
    static Api read(Json.Obj json) {
        return new Api(
                Answers.text(json, "id"),
                Answers.text(json, "name"),
                json.text("issuer").orElse(""),
                json);
    }
}
