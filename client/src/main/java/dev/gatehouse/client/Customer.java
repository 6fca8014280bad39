package dev.gatehouse.client;

/// An organization's own end customer, for whom its applications act.
///
/// @param name the organization's own name for it
/// @param json the whole answer, members that this SDK does not know included
public record Customer(String id, String organization, String name, Json.Obj json) {
    static Customer read(Json.Obj json) {
        return new Customer(
                Answers.text(json, "id"),
                Answers.text(json, "organization"),
                json.text("name").orElse(""),
                json);
    }
}
