package dev.gatehouse.client;

/// Reads what an answer must have.
final class Answers {
    private Answers() {}

    static String text(Json.Obj json, String name) {
        return json.text(name)
                .orElseThrow(() -> new GatehouseException.Unreachable(
                        "the answer lacks \"" + name + "\"; server and client are of different versions"));
    }
}
