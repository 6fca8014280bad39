package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.ErrorFamily.Row;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.yaml.Mistakes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Compares the columns of an error family's rows with what its shape shows.
final class Columns {
    private Columns() {}

    /// Each row has every column that is shown, and no other.
    static void check(Fields family, Template json, Map<RefusalClass, List<Row>> rows, Mistakes mistakes) {
        Set<String> shown = names(json);
        shown.removeAll(ErrorsLoader.GIVEN.keySet());
        rows.forEach((refused, list) -> list.forEach(row -> {
            Set<String> missing = new TreeSet<>(shown);
            missing.removeAll(row.columns().keySet());
            Set<String> idle = new TreeSet<>(row.columns().keySet());
            idle.removeAll(shown);
            if (!missing.isEmpty()) {
                mistakes.add(
                        family.spot(family.get("rows").isPresent() ? "rows" : "rows-of"),
                        "the row " + refused.word() + " lacks " + Mistakes.list(missing) + ", which json shows");
            }
            if (!idle.isEmpty() && family.get("rows").isPresent()) {
                mistakes.add(
                        family.spot("rows"),
                        "the row " + refused.word() + " has " + Mistakes.list(idle) + ", which json does not show");
            }
        }));
    }

    /// Every name that a template shows.
    static Set<String> names(Template template) {
        Set<String> names = new TreeSet<>();
        collect(template, names);
        return names;
    }

    private static void collect(Template template, Set<String> names) {
        switch (template) {
            case Template.Constant _ -> {}
            case Template.Value value -> names.add(value.name());
            case Template.Mixed(List<Template> parts) -> parts.forEach(part -> collect(part, names));
            case Template.Members(Map<String, Template> members) ->
                members.values().forEach(member -> collect(member, names));
            case Template.Items(List<Template> items) -> items.forEach(item -> collect(item, names));
        }
    }
}
