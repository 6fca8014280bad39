package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list.
///
/// @param next where the following page begins; absent on the last
/// @param total how long the whole list is, when that was asked for
public record Page<T>(List<T> items, Optional<String> next, Optional<Long> total) {
    /// Keeps a copy.
    public Page {
        items = List.copyOf(items);
    }

    /// A page of a list that nobody counted.
    public Page(List<T> items, Optional<String> next) {
        this(items, next, Optional.empty());
    }

    /// Where a page begins and how long it may be.
    ///
    /// @param after the `next` of the page before
    /// @param page the number of the page, from 1, in place of `after`
    /// @param name the exact name of all items that belong to the list
    /// @param count whether the page says how long the list is
    public record Ask(
            Optional<Integer> limit,
            Optional<String> after,
            Optional<Integer> page,
            Optional<String> name,
            boolean count) {
        /// The first page, as long as the server chooses.
        public static final Ask FIRST = new Ask(Optional.empty(), Optional.empty());

        /// A page of a whole list, behind `after`.
        public Ask(Optional<Integer> limit, Optional<String> after) {
            this(limit, after, Optional.empty(), Optional.empty(), false);
        }

        /// The first page of what has this name.
        public static Ask named(String name) {
            return new Ask(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name), false);
        }

        private Ask behind(String mark) {
            return new Ask(limit, Optional.of(mark), Optional.empty(), name, false);
        }

        String query() {
            List<String> parts = new ArrayList<>();
            limit.ifPresent(count -> parts.add("limit=" + count));
            after.ifPresent(mark -> parts.add("after=" + Paths.encode(mark)));
            page.ifPresent(number -> parts.add("page=" + number));
            name.ifPresent(text -> parts.add("name=" + Paths.encode(text)));
            if (count) {
                parts.add("count=true");
            }
            return parts.isEmpty() ? "" : "?" + String.join("&", parts);
        }

        /// The same with filters.
        String query(Map<String, String> filters) {
            StringBuilder query = new StringBuilder(query());
            filters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(Paths.encode(value)));
            return query.toString();
        }
    }

    /// The items of all pages, from the first on.
    public static <T> List<T> all(Function<Ask, Page<T>> pages) {
        return all(pages, Ask.FIRST);
    }

    /// The items of all pages, from this one on.
    public static <T> List<T> all(Function<Ask, Page<T>> pages, Ask first) {
        List<T> all = new ArrayList<>();
        Optional<Ask> ask = Optional.of(first);
        while (ask.isPresent()) {
            Page<T> page = pages.apply(ask.get());
            all.addAll(page.items());
            ask = page.next().map(first::behind);
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
        return new Page<>(items, reply.text("next"), reply.whole("total"));
    }
}
