package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One value that is not as it is to be.
///
/// @param at where in the thing, such as `scopes.orders:read.description`
/// @param before absent when it is new
/// @param after absent when it goes
record Difference(String at, Optional<Json> before, Optional<Json> after) {
    /// All differences of two things in normal form.
    static List<Difference> of(Json.Obj before, Json.Obj after) {
        List<Difference> all = new ArrayList<>();
        objects("", before, after, all);
        return List.copyOf(all);
    }

    /// The member of the thing that it is in.
    String member() {
        int dot = at.indexOf('.');
        return dot < 0 ? at : at.substring(0, dot);
    }

    /// As a line of a plan.
    String line() {
        if (before.isEmpty()) {
            return "+ " + at + ": " + shown(after.orElseThrow());
        }
        return after.isEmpty()
                ? "- " + at + ": " + shown(before.get())
                : "~ " + at + ": " + shown(before.get()) + " -> " + shown(after.get());
    }

    private static void objects(String at, Json.Obj before, Json.Obj after, List<Difference> all) {
        Set<String> names = new LinkedHashSet<>(before.members().keySet());
        names.addAll(after.members().keySet());
        for (String name : names) {
            String here = at.isEmpty() ? name : at + "." + name;
            Optional<Json> old = before.get(name);
            Optional<Json> now = after.get(name);
            if (old.equals(now)) {
                continue;
            }
            if (nested(old) && nested(now) && !here.equals("role")) {
                objects(here, object(old), object(now), all);
            } else if (list(old) && list(now)) {
                lists(here, items(old), items(now), all);
            } else {
                all.add(new Difference(here, old, now));
            }
        }
    }

    /// By item, unless the items are the same in another order.
    private static void lists(String at, List<Json> before, List<Json> after, List<Difference> all) {
        List<Json> gone = before.stream().filter(item -> !after.contains(item)).toList();
        List<Json> come = after.stream().filter(item -> !before.contains(item)).toList();
        gone.forEach(item -> all.add(new Difference(at, Optional.of(item), Optional.empty())));
        come.forEach(item -> all.add(new Difference(at, Optional.empty(), Optional.of(item))));
        List<Json> kept = before.stream().filter(after::contains).toList();
        List<Json> moved = after.stream().filter(before::contains).toList();
        if (!kept.equals(moved) || (gone.isEmpty() && come.isEmpty())) {
            all.add(new Difference(
                    at + " (order)", Optional.of(new Json.Arr(before)), Optional.of(new Json.Arr(after))));
        }
    }

    /// A thing is an object or is not there; a scalar is neither.
    private static boolean nested(Optional<Json> value) {
        return value.isEmpty() || value.get() instanceof Json.Obj;
    }

    private static boolean list(Optional<Json> value) {
        return value.isEmpty() || value.get() instanceof Json.Arr;
    }

    private static Json.Obj object(Optional<Json> value) {
        return value.orElse(Json.Obj.EMPTY) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    private static List<Json> items(Optional<Json> value) {
        return value.orElse(new Json.Arr(List.of())) instanceof Json.Arr(List<Json> items) ? items : List.of();
    }

    /// Plain where it is simple.
    static String shown(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Arr(List<Json> items)
            when items.stream().allMatch(Json.Str.class::isInstance) ->
                String.join(" ", items.stream().map(Difference::shown).toList());
            case Json.Obj object when object.get("methods").isPresent() -> route(object);
            case Json.Obj object
            when object.members().keySet().equals(Set.of("name", "organization")) ->
                object.text("name").orElse("") + " of "
                        + object.text("organization").orElse("");
            case Json.Obj _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ -> value.compact();
        };
    }

    private static String route(Json.Obj route) {
        return String.join(
                " ",
                Stream.concat(
                                Stream.of(
                                        String.join(
                                                ",",
                                                route.items("methods").stream()
                                                        .map(Difference::shown)
                                                        .toList()),
                                        route.text("path").orElse("")),
                                Stream.of("open", "authenticated", "any", "all")
                                        .filter(need -> route.get(need).isPresent())
                                        .flatMap(need -> Stream.concat(
                                                Stream.of(need),
                                                route.items(need).stream().map(Difference::shown))))
                        .toList());
    }
}
