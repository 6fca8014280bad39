package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act.Actor;
import dev.gatehouse.core.store.AuditRow;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Audit rows as CSV (RFC 4180) that a spreadsheet shows and does not run: a cell that begins like a formula gets
/// an apostrophe in front.
final class AuditCsv {
    private static final String FORMULA = "=+-@\t\r";

    static final List<String> HEADER = List.of(
            "id",
            "at",
            "actor",
            "actor_organization",
            "actor_application",
            "actor_credential",
            "request_id",
            "verb",
            "organization",
            "target",
            "detail",
            "valid",
            "seal",
            "actor_user");

    private AuditCsv() {}

    static String line(AuditRow row) {
        return switch (row.act().actor()) {
            case Actor.Itself(String part) -> line(row, "gatehouse:" + part, "", "", "", "");
            case Actor.Member(Id organization, Id member, Id credential) ->
                member.kind() == Kind.USER
                        ? line(row, "member", organization.text(), "", member.text(), credential.text())
                        : line(row, "member", organization.text(), member.text(), "", credential.text());
        };
    }

    private static String line(
            AuditRow row, String actor, String organization, String application, String user, String credential) {
        return line(List.of(
                HexFormat.of().toHexDigits(row.id()),
                row.at().toString(),
                actor,
                organization,
                application,
                credential,
                row.act().requestId(),
                row.verb(),
                row.organization().map(Id::text).orElse(""),
                row.target().map(Id::text).orElse(""),
                row.detail(),
                Boolean.toString(row.valid()),
                row.seal().map(String::valueOf).orElse(""),
                user));
    }

    static String line(List<String> cells) {
        return cells.stream().map(AuditCsv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
