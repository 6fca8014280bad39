package dev.gatehouse.dialect.load;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.dialect.model.ErrorFamily;
import dev.gatehouse.dialect.model.ErrorFamily.Row;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.model.Type;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads error families. Every class ends in a row, every row has the columns that its shape shows, every path
/// has a family.
final class ErrorsLoader {
    /// What every shape may show besides its columns.
    static final Map<String, Type> GIVEN = Map.of("status", Type.NUMBER, "detail", Type.TEXT, "fields", Type.FIELDS);

    private static final PathPattern ALL = PathPattern.parse("/**").orElseThrow();

    private final Mistakes mistakes;
    private final Map<String, Fields> byName = new HashMap<>();

    ErrorsLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    List<ErrorFamily> read(Spot spot, List<Node> nodes) {
        List<Fields> all = nodes.stream()
                .flatMap(node -> Fields.of(node, Section.ERRORS, mistakes).stream())
                .toList();
        for (Fields fields : all) {
            Optional<String> name = fields.text("name");
            if (name.isPresent() && byName.putIfAbsent(name.get(), fields) != null) {
                mistakes.add(fields.spot("name"), "the family " + Mistakes.quoted(name.get()) + " is here twice");
            }
        }
        List<ErrorFamily> families = all.stream().map(this::family).toList();
        if (families.isEmpty() || !families.getLast().at().contains(ALL)) {
            mistakes.add(all.isEmpty() ? spot : all.getLast().spot("at"), "the last error family is for /**");
        }
        for (int i = 0; i < families.size() - 1; i++) {
            if (families.get(i).at().contains(ALL)) {
                mistakes.add(all.get(i).spot("at"), "/** leaves nothing for the families after this one");
            }
        }
        return families;
    }

    private ErrorFamily family(Fields fields) {
        Map<RefusalClass, List<Row>> rows = rowsOf(fields);
        Map<String, Type> names = new LinkedHashMap<>(GIVEN);
        rows.values()
                .forEach(list ->
                        list.forEach(row -> row.columns().keySet().forEach(column -> names.put(column, Type.TEXT))));
        Template.Members json = fields.get("json")
                .flatMap(node -> new Templates(mistakes, names).object(node))
                .orElse(new Template.Members(Map.of()));
        Columns.check(fields, json, rows, mistakes);
        return new ErrorFamily(
                fields.text("name").orElse(""),
                paths(fields),
                fields.text("media").orElse("application/json"),
                json,
                rows);
    }

    private List<PathPattern> paths(Fields fields) {
        List<PathPattern> paths = new ArrayList<>();
        for (Node item : fields.list("at")) {
            Fields.text(item, mistakes).ifPresent(text -> {
                Optional<PathPattern> path = PathPattern.parse(text);
                path.ifPresent(paths::add);
                if (path.isEmpty()) {
                    mistakes.add(item.spot(), "this is no path, such as /v1/auth, /settings/{any}/keys or /v1/**");
                }
            });
        }
        return paths;
    }

    private Map<RefusalClass, List<Row>> rowsOf(Fields fields) {
        Optional<String> other = fields.text("rows-of");
        if (other.isPresent() == fields.get("rows").isPresent()) {
            mistakes.add(fields.spot(), "a family has either rows or rows-of");
            return Map.of();
        }
        if (other.isEmpty()) {
            return rows(fields);
        }
        Fields named = byName.get(other.get());
        if (named == null || named.get("rows").isEmpty()) {
            mistakes.word(fields.spot("rows-of"), "family with rows", other.get(), byName.keySet());
            return Map.of();
        }
        return new ErrorsLoader(new Mistakes()).rows(named);
    }

    private Map<RefusalClass, List<Row>> rows(Fields fields) {
        Map<RefusalClass, List<Row>> rows = new EnumMap<>(RefusalClass.class);
        fields.entries("rows").forEach((text, entry) -> {
            String[] words = text.split(" ", 2);
            Optional<RefusalClass> refused = Word.find(RefusalClass.class, words[0]);
            if (refused.isEmpty()) {
                mistakes.word(entry.at(), "refusal class", words[0], Word.all(RefusalClass.class));
            }
            Optional<Input> about =
                    words.length == 2 ? CarrierLoader.input(entry.at(), words[1], mistakes) : Optional.empty();
            Optional<Row> row = row(entry.value(), about);
            if (refused.isPresent() && row.isPresent()) {
                rows.computeIfAbsent(refused.get(), _ -> new ArrayList<>()).add(row.get());
            }
        });
        for (RefusalClass root : RefusalClass.roots()) {
            if (rows.getOrDefault(root, List.of()).stream()
                    .noneMatch(row -> row.about().isEmpty())) {
                mistakes.add(fields.spot("rows"), "there is no row for " + root.word() + ": " + root.meaning());
            }
        }
        return rows;
    }

    private Optional<Row> row(Node node, Optional<Input> about) {
        return Fields.of(node, Section.ROW, mistakes).flatMap(fields -> {
            Map<String, Template> columns = new LinkedHashMap<>();
            Templates templates = new Templates(mistakes, GIVEN);
            Fields.entries(node, mistakes).forEach((name, entry) -> {
                if (!name.equals("status")) {
                    columns.put(name, templates.read(entry.value()));
                }
            });
            return fields.get("status")
                    .flatMap(status -> Fields.number(status, 400, 599, mistakes))
                    .map(status -> new Row(about, status, columns));
        });
    }
}
