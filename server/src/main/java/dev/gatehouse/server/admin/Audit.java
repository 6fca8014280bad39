package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act.Actor;
import dev.gatehouse.core.store.AuditRow;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The audit trail. It spans the installation, so only the provider reads it.
final class Audit {
    private static final Type<Map<String, Object>> JSON = new ShownOnly(Schema.of("type", "object"));

    private static final Type<String> TEXT = Type.text("text", Map.of(), Optional::of, Function.identity());

    static final Noun<AuditRow> NOUN = new Noun<>(
            "audit",
            List.of(
                    Attribute.of("id", TEXT, row -> HexFormat.of().toHexDigits(row.id())),
                    Attribute.of("at", Types.TIME, AuditRow::at),
                    Attribute.of("actor", JSON, row -> actor(row.act().actor())),
                    Attribute.of("request_id", TEXT, row -> row.act().requestId()),
                    Attribute.of("verb", TEXT, AuditRow::verb),
                    Attribute.optional(
                            "organization", TEXT, row -> row.organization().map(Id::text)),
                    Attribute.optional("target", TEXT, row -> row.target().map(Id::text)),
                    Attribute.of("detail", JSON, row -> detail(row.detail())),
                    Attribute.of("valid", Type.flag(), AuditRow::valid)));

    private Audit() {}

    /// The newest rows first.
    static Got<Reply> list(Call call) {
        if (!call.provider()) {
            return Got.no(new Problem.Beyond("the audit trail is read by the provider"));
        }
        return call.query().limit().map(limit -> {
            View view = call.view();
            return Reply.json(
                    200,
                    Map.of(
                            "items",
                            call.desk().store().audit().newest(limit).stream()
                                    .map(row -> NOUN.show(row, view))
                                    .toList()));
        });
    }

    private static Map<String, Object> actor(Actor actor) {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (actor) {
            case Actor.Itself(String part) -> members.put("gatehouse", part);
            case Actor.Member(Id organization, Id application, Id credential) -> {
                members.put("organization", organization.text());
                members.put("application", application.text());
                members.put("credential", credential.text());
            }
        }
        return members;
    }

    /// The stored JSON as an object; as text where it is none, which only a row that was tampered with can be.
    private static Map<String, Object> detail(String json) {
        Optional<Map<String, Object>> read = switch (StrictJson.read(Bytes.of(json.getBytes(StandardCharsets.UTF_8)))) {
            case Got.Value<Map<String, Object>>(Map<String, Object> members) -> Optional.of(members);
            case Got.No<Map<String, Object>>(Problem _) -> Optional.empty();
        };
        return read.orElseGet(() -> Map.of("text", json));
    }
}
