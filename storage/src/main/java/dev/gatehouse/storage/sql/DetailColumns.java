package dev.gatehouse.storage.sql;

import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.DetailMember;
import dev.gatehouse.core.right.DetailType;
import dev.gatehouse.storage.db.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Authorization details (RFC 9396) as the text that they have, and the types of an Api as lines: one of each type
/// before those of its members and translations. A node that does not know what a later release says knows
/// nothing of the Api.
final class DetailColumns {
    private static final String TYPE = "type";
    private static final String MEMBER = "member";
    private static final String SAID = "said";
    private static final String REQUIRED = "required";
    private static final String REMEMBERED = "remembered";

    private DetailColumns() {}

    static AuthorizationDetails read(Row row) {
        return AuthorizationDetails.read(row.text("details"))
                .orElseThrow(() -> new IllegalStateException("stored authorization details are none"));
    }

    static String types(Map<String, DetailType> types) {
        Fields out = new Fields();
        types.forEach((name, type) -> {
            out.line(TYPE, name, type.description(), type.scope().orElse(""), type.remembered() ? REMEMBERED : "");
            type.members()
                    .forEach((member, is) -> out.line(
                            MEMBER,
                            member,
                            is.kind().name().toLowerCase(Locale.ROOT),
                            is.required() ? REQUIRED : "",
                            String.join("\n", is.values())));
            new TreeMap<>(type.translations())
                    .forEach((language, sentence) -> out.line(SAID, language, sentence, "", ""));
        });
        return out.text();
    }

    private static final class Open {
        final List<String> line;
        final SortedMap<String, DetailMember> members = new TreeMap<>();
        final Map<String, String> translations = new HashMap<>();

        Open(List<String> line) {
            this.line = line;
        }

        DetailType type() {
            return new DetailType(
                    line.get(2),
                    translations,
                    Optional.of(line.get(3)).filter(scope -> !scope.isEmpty()),
                    members,
                    line.get(4).equals(REMEMBERED));
        }
    }

    static Map<String, DetailType> types(String column) {
        SortedMap<String, Open> open = new TreeMap<>();
        Open last = new Open(List.of());
        for (List<String> line : Fields.read(column, 5)) {
            switch (line.getFirst()) {
                case TYPE -> {
                    last = new Open(line);
                    open.put(line.get(1), last);
                }
                case MEMBER -> last.members.put(line.get(1), member(line));
                case SAID -> last.translations.put(line.get(1), line.get(2));
                default -> throw new IllegalStateException("a stored type of authorization details is unknown");
            }
        }
        SortedMap<String, DetailType> types = new TreeMap<>();
        open.forEach((name, one) -> types.put(name, one.type()));
        return types;
    }

    /// A catalogue with those types whose scope it has. A node of a release before that writes the Api leaves the
    /// types as they are, and may leave out a scope; nobody can hold that one, so its type would grant nothing.
    static Catalogue in(Catalogue catalogue, String column) {
        Map<String, DetailType> types = types(column);
        types.values().removeIf(type -> !type.scope().map(catalogue::knows).orElse(true));
        return catalogue.with(types);
    }

    private static DetailMember member(List<String> line) {
        return new DetailMember(
                DetailMember.Kind.valueOf(line.get(2).toUpperCase(Locale.ROOT)),
                line.get(3).equals(REQUIRED),
                line.get(4).isEmpty() ? List.of() : List.of(line.get(4).split("\n", -1)));
    }
}
