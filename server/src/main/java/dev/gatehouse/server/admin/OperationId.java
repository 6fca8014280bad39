package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.PathPattern.Segment;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The name of an operation for programs: `listApplications`, `createApplication`, `getApplication`,
/// `holdApplication`.
final class OperationId {
    private OperationId() {}

    /// A list that is found below several nouns has the plain name below the first of them.
    static String of(Row row, List<Row> table) {
        String plain = plain(row, table);
        boolean taken = table.subList(0, table.indexOf(row)).stream()
                .anyMatch(earlier -> plain(earlier, table).equals(plain));
        List<Segment> segments = row.path().segments();
        return taken ? plain + "Of" + capital(text(segments.get(segments.size() - 2))) : plain;
    }

    private static String plain(Row row, List<Row> table) {
        List<Segment> segments = row.path().segments();
        String last = text(segments.getLast());
        if (segments.getLast() instanceof Segment.Variable) {
            return verb(row.method()) + capital(last);
        }
        boolean collection = table.stream().anyMatch(other -> other.path().equals(row.path()) && !other.writes());
        if (!collection) {
            return camel(last) + capital(text(segments.get(segments.size() - 2)));
        }
        return switch (row.answer()) {
            case Answer.Many _ -> "list" + capital(last);
            case Answer.One(int status, Noun<?> noun, List<Attribute<?, ?>> _)
            when status == 201 -> "create" + capital(noun.name());
            case Answer.One _, Answer.Some _, Answer.Done _ -> verb(row.method()) + capital(last);
        };
    }

    private static String verb(String method) {
        return switch (method) {
            case "PUT" -> "replace";
            case "PATCH" -> "change";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    private static String text(Segment segment) {
        return switch (segment) {
            case Segment.Literal(String text) -> text;
            case Segment.Variable(String name) -> name;
            case Segment.Rest() -> "rest";
        };
    }

    private static String camel(String text) {
        String all = capital(text);
        return all.substring(0, 1).toLowerCase(Locale.ROOT) + all.substring(1);
    }

    private static String capital(String text) {
        return Stream.of(text.split("[^a-zA-Z0-9]+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
