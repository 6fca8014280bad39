package dev.gatehouse.client;

import java.util.Optional;

/// One thing as the server showed it.
///
/// @param json the thing itself; empty when it was deleted
/// @param etag the mark of this state (RFC 9110 section 8.8.3), which a later write may be made to depend on
/// @param receipt when what was taken away counts on every node; absent when nothing was
public record Shown(Json.Obj json, Optional<String> etag, Optional<Json.Obj> receipt) {
    private static final String RECEIPT = "receipt";

    /// Takes an answer apart.
    static Shown of(Json.Obj answer, Optional<String> etag) {
        Optional<Json.Obj> receipt = answer.get(RECEIPT)
                .flatMap(member -> member instanceof Json.Obj object ? Optional.of(object) : Optional.empty());
        return new Shown(receipt.isPresent() ? answer.without(RECEIPT) : answer, etag, receipt);
    }

    /// All of it in one object, as the server answered.
    public Json.Obj answer() {
        return receipt.map(proof -> json.with(RECEIPT, proof)).orElse(json);
    }
}
