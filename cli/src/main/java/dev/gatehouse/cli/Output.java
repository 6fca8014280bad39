package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How answers are printed: `table` for people, `json` as the server sent it, for programs, `id` for scripts that
/// go on with what was made: then no secret is printed.
final class Output {
    enum Format {
        table,
        json,
        id
    }

    @Option(
            names = {"-o", "--output"},
            description =
                    "table (for people), json (for programs) or id (ids only, for scripts); default: ${DEFAULT-VALUE}",
            paramLabel = "FORMAT")
    Format format = Format.table;

    @Spec(Spec.Target.MIXEE)
    CommandSpec mixee = CommandSpec.create();

    /// Prints rows under these columns.
    void list(List<Json.Obj> rows, Optional<String> next, String... columns) {
        if (format == Format.json) {
            Json.Obj page = Json.Obj.EMPTY.with("items", new Json.Arr(List.copyOf(rows)));
            println(next.map(mark -> page.with("next", mark)).orElse(page).pretty());
            return;
        }
        if (format == Format.id) {
            rows.forEach(this::id);
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(columns).stream().map(Output::heading).toList());
        rows.forEach(row -> table.add(List.of(columns).stream()
                .map(column -> row.get(column).map(Text::of).orElse("-"))
                .toList()));
        print(table);
        next.ifPresent(mark -> Terminal.of(mixee).err().println("There is more: --after " + Text.line(mark)));
    }

    /// Prints one thing, a member a line.
    void one(Json.Obj thing) {
        if (format == Format.json) {
            println(thing.pretty());
            return;
        }
        if (format == Format.id) {
            id(thing);
            return;
        }
        print(thing.members().entrySet().stream()
                .map(member -> List.of(Text.line(member.getKey()), Text.of(member.getValue())))
                .toList());
    }

    private void id(Json.Obj thing) {
        println(Text.line(thing.text("id").orElseThrow(() -> Complaint.usage("what this command shows has no id"))));
    }

    private void print(List<List<String>> table) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : table) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(width, widths.get(i)));
                }
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).repeat(' ', widths.get(i) - row.get(i).length() + 2);
            }
            println(line.toString().stripTrailing());
        }
    }

    void println(String line) {
        Terminal.of(mixee).out().println(line);
    }

    private static String heading(String column) {
        return column.toUpperCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
