package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The audit trail with its seals as JSON lines: each seal, then its rows, and last the rows that are in none.
final class AuditFile {
    private static final Page.Ask FIRST = new Page.Ask(Optional.of(200), Optional.empty());

    private static final Set<String> SEAL =
            Set.of("type", "number", "at", "first", "last", "count", "entries", "root", "previous", "signature");
    private static final Set<String> ROW = Set.of(
            "type",
            "id",
            "at",
            "actor",
            "request_id",
            "verb",
            "organization",
            "target",
            "detail",
            "position",
            "mac",
            "valid",
            "seal");

    private AuditFile() {}

    static void write(AdminClient client, PrintWriter out) {
        Optional<Page.Ask> ask = Optional.of(FIRST);
        while (ask.isPresent() && !out.checkError()) {
            Json.Obj page = client.auditSeals(ask.get());
            for (Json seal : page.items("items")) {
                Json.Obj shown = (Json.Obj) seal;
                out.print(shown.without("rows").with("type", "seal").compact() + "\n");
                rows(shown.items("rows"), out);
            }
            rows(page.items("unsealed"), out);
            rows(page.items("strays"), out);
            ask = page.text("next").map(next -> new Page.Ask(Optional.of(200), Optional.of(next)));
        }
        out.flush();
    }

    private static void rows(List<Json> rows, PrintWriter out) {
        rows.forEach(row -> out.print(((Json.Obj) row).with("type", "row").compact() + "\n"));
    }

    /// Empty when a member is missing or does not say what it should.
    static Optional<AuditSeal> seal(Json.Obj line) {
        try {
            only(SEAL, line);
            return Optional.of(new AuditSeal(
                    number(line, "number"),
                    time(line),
                    number(line, "first"),
                    number(line, "last"),
                    number(line, "count"),
                    bytes(line, "entries"),
                    bytes(line, "root"),
                    bytes(line, "previous"),
                    text(line, "signature")));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The same for a row. Whether its MAC is right is what the server said: it cannot be told without the key.
    static Optional<AuditRow> row(Json.Obj line) {
        try {
            only(ROW, line);
            Instant at = time(line);
            return Optional.of(new AuditRow(
                    number(line, "position"),
                    id(line),
                    at,
                    new Act(actor(line), text(line, "request_id"), at),
                    text(line, "verb"),
                    line.text("organization").map(id -> id(Kind.ORGANIZATION, id)),
                    line.text("target")
                            .map(id -> Id.parse(id).orElseThrow(() -> new IllegalArgumentException("not an id"))),
                    text(line, "detail"),
                    bytes(line, "mac"),
                    line.get("seal").map(_ -> number(line, "seal")),
                    line.get("valid").equals(Optional.of(new Json.Bool(true)))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// One spelling for each value, so that no bit of a line is free.
    private static void only(Set<String> names, Json.Obj line) {
        require(names.containsAll(line.members().keySet()));
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("not as it was exported");
        }
    }

    private static Instant time(Json.Obj line) {
        String text = text(line, "at");
        Instant at = Instant.parse(text);
        require(at.toString().equals(text));
        return at;
    }

    private static long id(Json.Obj line) {
        String text = text(line, "id");
        long id = HexFormat.fromHexDigitsToLong(text);
        require(HexFormat.of().toHexDigits(id).equals(text));
        return id;
    }

    private static Act.Actor actor(Json.Obj line) {
        Json.Obj actor = line.get("actor")
                .flatMap(json -> json instanceof Json.Obj object ? Optional.of(object) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("no actor"));
        require(Set.of(
                        Set.of("gatehouse"),
                        Set.of("organization", "application", "credential"),
                        Set.of("organization", "user", "credential"))
                .contains(actor.members().keySet()));
        return actor.text("gatehouse")
                .<Act.Actor>map(Act.Actor.Itself::new)
                .orElseGet(() -> new Act.Actor.Member(
                        id(Kind.ORGANIZATION, text(actor, "organization")),
                        actor.text("user")
                                .map(user -> id(Kind.USER, user))
                                .orElseGet(() -> id(Kind.APPLICATION, text(actor, "application"))),
                        id(Kind.CREDENTIAL, text(actor, "credential"))));
    }

    private static Id id(Kind kind, String text) {
        return Id.parse(kind, text).orElseThrow(() -> new IllegalArgumentException("not an id"));
    }

    private static long number(Json.Obj line, String name) {
        return line.get(name)
                .flatMap(value -> value instanceof Json.Num(String digits) ? Optional.of(digits) : Optional.empty())
                .map(Long::parseLong)
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static Bytes bytes(Json.Obj line, String name) {
        String text = text(line, name);
        byte[] bytes = HexFormat.of().parseHex(text);
        require(HexFormat.of().formatHex(bytes).equals(text));
        return Bytes.of(bytes);
    }

    private static String text(Json.Obj line, String name) {
        return line.text(name).orElseThrow(() -> new IllegalArgumentException(name));
    }
}
