package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a mapping: what each takes, and which must be there. Any other key is a mistake.
///
/// @param elsewhere keys that somebody else reads
record Shape(List<Key> keys, List<String> elsewhere) implements Value {
    /// One key.
    record Key(String name, Value value, boolean required) {}

    static Shape of(Key... keys) {
        return new Shape(List.of(keys), List.of());
    }

    static Key required(String name, Value value) {
        return new Key(name, value, true);
    }

    static Key optional(String name, Value value) {
        return new Key(name, value, false);
    }

    /// The same shape with further keys, which somebody else reads.
    Shape leaving(String... names) {
        return new Shape(keys, List.of(names));
    }

    /// The same shape with the keys of another one after its own.
    Shape and(Shape more) {
        List<Key> all = new ArrayList<>(keys);
        all.addAll(more.keys);
        return new Shape(List.copyOf(all), elsewhere);
    }

    /// In the order of the shape; without what says as much as nothing.
    @Override
    public Optional<Json> read(Node node, Mistakes mistakes) {
        return object(node, mistakes).map(object -> object);
    }

    Optional<Json.Obj> object(Node node, Mistakes mistakes) {
        if (node instanceof Node.Nothing(Place place)) {
            return object(new Node.Mapping(place, Map.of()), mistakes);
        }
        if (!(node instanceof Node.Mapping mapping)) {
            mistakes.wrong(node.place(), "must be a mapping of " + String.join(", ", names()));
            return Optional.empty();
        }
        refuseUnknown(mapping, mistakes);
        Map<String, Json> members = new LinkedHashMap<>();
        for (Key key : keys) {
            Node.Entry entry = mapping.entries().get(key.name());
            if (entry != null) {
                key.value()
                        .read(entry.value(), mistakes.under(key.name()))
                        .filter(value -> !Value.empty(value))
                        .ifPresent(value -> members.put(key.name(), value));
            } else if (key.required()) {
                mistakes.add(node.place(), key.name() + " is missing");
            }
        }
        return Optional.of(new Json.Obj(members));
    }

    /// What a server showed, in normal form; members that are not in the shape are left out.
    Json.Obj normal(Json.Obj shown, Mistakes mistakes) {
        Json.Obj known = Json.Obj.EMPTY;
        for (Key key : keys) {
            Optional<Json> value = shown.get(key.name());
            if (value.isPresent()) {
                known = known.with(key.name(), value.get());
            }
        }
        return object(Node.of(known, new Place("the server (is it newer than this command?)", 0)), mistakes)
                .orElse(Json.Obj.EMPTY);
    }

    private void refuseUnknown(Node.Mapping mapping, Mistakes mistakes) {
        mapping.entries().forEach((name, entry) -> {
            if (!names().contains(name)) {
                String hint = Nearest.to(name, names())
                        .map(nearest -> "; did you mean " + nearest + "?")
                        .orElse("");
                mistakes.add(
                        entry.at(),
                        "there is no key " + Place.quoted(name) + " here" + (hint.isEmpty() ? list() : hint));
            }
        });
    }

    private String list() {
        return ", only " + String.join(", ", names());
    }

    List<String> names() {
        List<String> names = new ArrayList<>(keys.stream().map(Key::name).toList());
        names.addAll(elsewhere);
        return names;
    }
}
