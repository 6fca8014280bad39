package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
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
        list(new Page<>(rows, next), next.map(mark -> "--after " + mark), columns);
    }

    /// Prints a page under these columns.
    ///
    /// @param more the option that asks for what follows
    void list(Page<Json.Obj> page, Optional<String> more, String... columns) {
        if (format == Format.json) {
            Json.Obj items = Json.Obj.EMPTY.with("items", new Json.Arr(List.copyOf(page.items())));
            Json.Obj linked = page.next().map(mark -> items.with("next", mark)).orElse(items);
            println(page.total()
                    .map(total -> linked.with("total", new Json.Num(Long.toString(total))))
                    .orElse(linked)
                    .pretty());
            return;
        }
        if (format == Format.id) {
            page.items().forEach(this::id);
            return;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(columns).stream().map(Output::heading).toList());
        page.items()
                .forEach(row -> table.add(List.of(columns).stream()
                        .map(column -> row.get(column).map(Text::of).orElse("-"))
                        .toList()));
        print(table);
        page.total().ifPresent(total -> Terminal.of(mixee).err().println(total + " in total"));
        more.ifPresent(option -> Terminal.of(mixee).err().println("There is more: " + Text.line(option)));
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
                .map(member -> List.of(Text.line(member.getKey()), value(member.getKey(), member.getValue())))
                .toList());
    }

    private static String value(String name, Json value) {
        return name.equals(ReceiptLine.MEMBER) && value instanceof Json.Obj receipt
                ? ReceiptLine.of(receipt)
                : Text.of(value);
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
