package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.store.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the reply to a write that takes something away proves (law 3): from here on no node decides on what was.
final class Receipts {
    static final String NAME = "receipt";

    private static final Type<String> POSITION =
            Type.text("where the write stands in the change feed", Map.of(), Optional::of, Function.identity());

    static final Noun<Receipt> NOUN = new Noun<>(
            NAME,
            List.of(
                    Attribute.of("position", POSITION, Receipt::position),
                    Attribute.of("nodes", Types.COUNT, receipt -> (long) receipt.nodes()),
                    Attribute.of("acknowledged", Types.COUNT, receipt -> (long) receipt.acknowledged()),
                    Attribute.of("run_out", Types.COUNT, receipt -> (long) receipt.runOut()),
                    Attribute.of(
                            "milliseconds",
                            Types.COUNT,
                            receipt -> receipt.waited().toMillis()),
                    Attribute.of("durability", Types.word(Receipt.Durability.class), Receipt::durability),
                    new Attribute<>("relaxed_until", Types.TIME, (_, view) -> relaxedUntil(view)),
                    new Attribute<>("offline_until", Types.TIME, (_, view) -> offlineUntil(view))));

    /// The member of a noun's reply that has it; absent when nothing had to change.
    static final Attribute<Void, Map<String, Object>> MEMBER =
            new Attribute<>(NAME, NOUN.inside(), (_, _) -> Optional.empty());

    private Receipts() {}

    /// A node that has lost the database decides calls of an Api that allows it on what was.
    private static Optional<Instant> relaxedUntil(View view) {
        return view.apis().stream()
                .map(Api::onDatabaseLoss)
                .filter(age -> !age.isZero())
                .max(Duration::compareTo)
                .map(age -> view.now().plus(age));
    }

    /// A service that knows only the JWKS document takes a `jwt` until it expires.
    private static Optional<Instant> offlineUntil(View view) {
        return view.apis().stream()
                .filter(api -> api.tokens().format() == TokenFormat.JWT)
                .map(api -> api.tokens().most())
                .max(Duration::compareTo)
                .map(life -> view.now().plus(life));
    }

    /// The reply with a receipt in its body.
    ///
    /// @param view as it is now that everything was waited for: until now others could still issue tokens
    static Reply on(Reply reply, Receipt receipt, View view) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (reply.body() instanceof Body.Json(var _, Map<String, ?> shown)) {
            members.putAll(shown);
        }
        members.put(NAME, NOUN.show(receipt, view));
        return new Reply(reply.status(), reply.headers(), new Body.Json("application/json", members), reply.close());
    }
}
