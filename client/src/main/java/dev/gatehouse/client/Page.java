package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list.
///
/// @param next where the following page begins; absent on the last
public record Page<T>(List<T> items, Optional<String> next) {
    /// Keeps a copy.
    public Page {
        items = List.copyOf(items);
    }

    /// Where a page begins and how long it may be.
    ///
    /// @param after the `next` of the page before
    public record Ask(Optional<Integer> limit, Optional<String> after) {
        /// The first page, as long as the server chooses.
        public static final Ask FIRST = new Ask(Optional.empty(), Optional.empty());

        String query() {
            List<String> parts = new ArrayList<>();
            limit.ifPresent(count -> parts.add("limit=" + count));
            after.ifPresent(mark -> parts.add("after=" + AdminClient.encode(mark)));
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }
    }

    /// The items of all pages, from the first on.
    public static <T> List<T> all(Function<Ask, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        Optional<Ask> ask = Optional.of(Ask.FIRST);
        while (ask.isPresent()) {
            Page<T> page = pages.apply(ask.get());
            all.addAll(page.items());
            ask = page.next().map(mark -> new Ask(Optional.empty(), Optional.of(mark)));
        }
        return List.copyOf(all);
    }

    static <T> Page<T> read(Json.Obj reply, Function<Json.Obj, T> item) {
        List<T> items = new ArrayList<>();
        for (Json each : reply.items("items")) {
            if (each instanceof Json.Obj object) {
                items.add(item.apply(object));
            }
        }
        return new Page<>(items, reply.text("next"));
    }
}
