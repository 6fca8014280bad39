package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act.Actor;
import dev.gatehouse.core.store.AuditMark;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The audit trail. It spans the installation, so only the provider reads it.
final class Audit {
    private static final Type<Map<String, Object>> JSON = new ShownOnly(Schema.of("type", "object"));

    static final Type<String> TEXT = Type.text("text", Map.of(), Optional::of, Function.identity());

    private static final List<Attribute<AuditRow, ?>> HEAD = List.of(
            Attribute.of("id", TEXT, row -> HexFormat.of().toHexDigits(row.id())),
            Attribute.of("at", Types.TIME, AuditRow::at),
            Attribute.of("actor", JSON, row -> actor(row.act().actor())),
            Attribute.of("request_id", TEXT, row -> row.act().requestId()),
            Attribute.of("verb", TEXT, AuditRow::verb),
            Attribute.optional("organization", TEXT, row -> row.organization().map(Id::text)),
            Attribute.optional("target", TEXT, row -> row.target().map(Id::text)));

    private static final List<Attribute<AuditRow, ?>> TAIL = List.of(
            Attribute.of("valid", Type.flag(), AuditRow::valid),
            Attribute.optional("seal", Types.COUNT, AuditRow::seal));

    static final Noun<AuditRow> NOUN =
            new Noun<>("audit", with(List.of(Attribute.of("detail", JSON, row -> detail(row.detail())))));

    /// A row with all that a seal is over, letter by letter.
    static final Noun<AuditRow> EXACT = new Noun<>(
            "audit_row",
            with(List.of(
                    Attribute.of("detail", TEXT, AuditRow::detail),
                    Attribute.of("position", Types.COUNT, AuditRow::position),
                    Attribute.of("mac", TEXT, row -> AuditSeals.hex(row.mac())))));

    private static final JsonMapper LINES = JsonMapper.builder().build();

    private Audit() {}

    private static List<Attribute<AuditRow, ?>> with(List<Attribute<AuditRow, ?>> middle) {
        return Stream.of(HEAD, middle, TAIL).flatMap(List::stream).toList();
    }

    /// Nothing, when the caller may read the trail.
    static Got<Boolean> provider(Call call) {
        return call.provider() ? Got.of(true) : Got.no(new Problem.Beyond("the audit trail is read by the provider"));
    }

    /// What matches, the newest first: a JSON page, or lines of it whose `Link` leads to the next page.
    static Got<Reply> list(Call call) {
        return provider(call).then(_ -> AuditQuery.read(call)).map(query -> {
            Page<AuditRow> page = call.desk().store().audit().search(query.filter(), query.after(), query.limit());
            Optional<String> next = page.more()
                    ? Optional.of(AuditMark.of(page.items().getLast()).text())
                    : Optional.empty();
            return switch (query.format()) {
                case JSON -> json(page, next, call.view());
                case NDJSON -> lines(query.format(), next, ndjson(page, call.view()), call);
                case CSV -> lines(query.format(), next, csv(page, query.after().isEmpty()), call);
            };
        });
    }

    private static Reply json(Page<AuditRow> page, Optional<String> next, View view) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "items", page.items().stream().map(row -> NOUN.show(row, view)).toList());
        next.ifPresent(mark -> members.put("next", mark));
        return Reply.json(200, members);
    }

    private static String ndjson(Page<AuditRow> page, View view) {
        StringBuilder out = new StringBuilder();
        page.items()
                .forEach(row -> out.append(LINES.writeValueAsString(NOUN.show(row, view)))
                        .append('\n'));
        return out.toString();
    }

    /// The first page has the header line.
    private static String csv(Page<AuditRow> page, boolean first) {
        StringBuilder out = new StringBuilder(first ? AuditCsv.line(AuditCsv.HEADER) : "");
        page.items().forEach(row -> out.append(AuditCsv.line(row)));
        return out.toString();
    }

    private static Reply lines(AuditFormat format, Optional<String> next, String lines, Call call) {
        Reply reply = new Reply(200, List.of(), new Body.Text(format.contentType(), lines), false);
        return next.map(mark -> reply.with("Link", "<" + following(call, mark) + ">; rel=\"next\""))
                .orElse(reply);
    }

    /// The same query behind a mark (RFC 8288).
    private static String following(Call call, String mark) {
        String rest = call.query().parameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("after"))
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
        return call.http().path() + "?" + rest + "after=" + mark;
    }

    private static Map<String, Object> actor(Actor actor) {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (actor) {
            case Actor.Itself(String part) -> members.put("gatehouse", part);
            case Actor.Member(Id organization, Id member, Id credential) -> {
                members.put("organization", organization.text());
                members.put(member.kind() == Kind.USER ? "user" : "application", member.text());
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
