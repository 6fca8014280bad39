package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// How a value of a file is read into its normal form. What it may not be is told, and then nothing is read.
interface Value {
    Optional<Json> read(Node node, Mistakes mistakes);

    /// Text of some form; the function gives its normal spelling.
    static Value text(String allowed, Function<String, Optional<String>> normal) {
        return (node, mistakes) -> {
            Optional<Json> value = node instanceof Node.Text(var _, String text)
                    ? normal.apply(text).map(Json.Str::new)
                    : Optional.empty();
            if (value.isEmpty()) {
                boolean unquoted = node instanceof Node.Numeral || node instanceof Node.Flag;
                mistakes.wrong(node.place(), "must be " + allowed + (unquoted ? "; put it in quotes" : ""));
            }
            return value;
        };
    }

    /// Text that matches all of a regular expression.
    static Value matching(String allowed, String regex) {
        return text(allowed, text -> Optional.of(text).filter(one -> one.matches(regex)));
    }

    /// One of a few words.
    static Value word(List<String> words) {
        return text(String.join(" or ", words), text -> words.contains(text) ? Optional.of(text) : Optional.empty());
    }

    static Value number(long least, long most) {
        return (node, mistakes) -> {
            if (node instanceof Node.Numeral(var _, String digits)
                    && digits.matches("0|[1-9][0-9]{0,17}")
                    && Long.parseLong(digits) >= least
                    && Long.parseLong(digits) <= most) {
                return Optional.of(new Json.Num(digits));
            }
            mistakes.wrong(node.place(), "must be a whole number from " + least + " to " + most);
            return Optional.empty();
        };
    }

    /// `true`; whoever means false leaves it out.
    static Value yes() {
        return (node, mistakes) -> {
            if (node instanceof Node.Flag(var _, boolean on) && on) {
                return Optional.of(new Json.Bool(true));
            }
            mistakes.wrong(node.place(), "must be true, or left out");
            return Optional.empty();
        };
    }

    /// `true` or `false`.
    static Value flag() {
        return (node, mistakes) -> {
            if (node instanceof Node.Flag(var _, boolean on)) {
                return Optional.of(new Json.Bool(on));
            }
            mistakes.wrong(node.place(), "must be true or false");
            return Optional.empty();
        };
    }

    /// A list whose order counts.
    static Value list(Value item, int most) {
        return (node, mistakes) -> items(item, node, mistakes)
                .filter(items -> fits(items.size(), 0, most, node, mistakes))
                .map(Json.Arr::new);
    }

    /// A list of different texts whose order does not count.
    static Value set(Value item, int least, int most) {
        return (node, mistakes) -> items(item, node, mistakes)
                .filter(items -> fits(items.size(), least, most, node, mistakes))
                .map(items -> {
                    TreeSet<String> texts = new TreeSet<>();
                    for (Json one : items) {
                        if (one instanceof Json.Str(String text) && !texts.add(text)) {
                            mistakes.add(node.place(), Place.quoted(text) + " is in the list twice");
                        }
                    }
                    return Json.strings(texts);
                });
    }

    /// A mapping from names of one form to values of one form; the order of the names does not count.
    static Value map(Value name, Value value, int most) {
        return (node, mistakes) -> {
            if (!(node instanceof Node.Mapping mapping)
                    || !fits(mapping.entries().size(), 0, most, node, mistakes)) {
                if (!(node instanceof Node.Mapping)) {
                    mistakes.wrong(node.place(), "must be a mapping");
                }
                return Optional.empty();
            }
            Map<String, Json> members = new TreeMap<>();
            mapping.entries().forEach((key, entry) -> {
                Mistakes here = mistakes.under(Place.quoted(key));
                name.read(new Node.Text(entry.at(), key), here);
                value.read(entry.value(), here).filter(read -> !empty(read)).ifPresent(read -> members.put(key, read));
            });
            return Optional.of(new Json.Obj(new LinkedHashMap<>(members)));
        };
    }

    /// Whether a value says as much as one that is not there.
    static boolean empty(Json value) {
        return switch (value) {
            case Json.Obj(var members) -> members.isEmpty();
            case Json.Arr(var items) -> items.isEmpty();
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> false;
        };
    }

    private static Optional<List<Json>> items(Value item, Node node, Mistakes mistakes) {
        if (!(node instanceof Node.Sequence(var _, List<Node> nodes))) {
            mistakes.wrong(node.place(), "must be a list, such as [a, b]");
            return Optional.empty();
        }
        List<Json> items = new ArrayList<>();
        nodes.forEach(one -> item.read(one, mistakes).ifPresent(items::add));
        return Optional.of(items);
    }

    private static boolean fits(int size, int least, int most, Node node, Mistakes mistakes) {
        if (size < least || size > most) {
            mistakes.wrong(node.place(), "must have " + least + " to " + most + " items");
        }
        return size >= least && size <= most;
    }
}
