package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The members that one operation takes; every other one is refused by name (GAUNTLET H03).
record Form(List<Item> items) {
    /// Takes nothing.
    static final Form NONE = new Form(List.of());

    /// A member and whether it must be there.
    record Item(Attribute<?, ?> attribute, boolean required) {}

    static Form of(Item... items) {
        return new Form(List.of(items));
    }

    /// This form and more.
    Form and(List<Item> more) {
        List<Item> all = new ArrayList<>(items);
        all.addAll(more);
        return new Form(List.copyOf(all));
    }

    static Item required(Attribute<?, ?> attribute) {
        return new Item(attribute, true);
    }

    static Item optional(Attribute<?, ?> attribute) {
        return new Item(attribute, false);
    }

    List<String> names() {
        return items.stream().map(item -> item.attribute().name()).toList();
    }

    /// Reads the members of an object.
    ///
    /// @param prefix the path of the object, with a dot, for problems
    Got<Given> read(String prefix, Map<?, ?> members) {
        List<String> unknown = new ArrayList<>();
        members.keySet().forEach(name -> {
            if (!names().contains(name)) {
                unknown.add(prefix + name);
            }
        });
        if (!unknown.isEmpty()) {
            return Got.no(new Problem.UnknownField(printable(unknown.getFirst())));
        }
        Map<Attribute<?, ?>, Object> values = new HashMap<>();
        for (Item item : items) {
            String at = prefix + item.attribute().name();
            Object json = members.get(item.attribute().name());
            if (json == null) {
                if (item.required()) {
                    return Got.no(new Problem.MissingField(at));
                }
                continue;
            }
            switch (item.attribute().type().read(at, json)) {
                case Got.No<?>(Problem problem) -> {
                    return Got.no(problem);
                }
                case Got.Value<?>(Object value) -> values.put(item.attribute(), value);
            }
        }
        return Got.of(new Given(values));
    }

    /// A name that a caller made up, safe to say back.
    private static String printable(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().limit(100).forEach(c -> out.appendCodePoint(c > 0x20 && c < 0x7f ? c : '?'));
        return out.toString();
    }
}
