package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Nouns as replies.
final class Replies {
    private Replies() {}

    static <N> Reply shown(int status, Noun<N> noun, N value, Call call) {
        Map<String, Object> shown = noun.show(value, call.view());
        return Reply.json(status, shown).with("ETag", Etags.of(shown));
    }

    static <N> Reply created(String location, Noun<N> noun, N value, Call call) {
        return created(location, noun, value, Map.of(), call);
    }

    /// @param once what is shown this once, besides the noun
    static <N> Reply created(String location, Noun<N> noun, N value, Map<String, Object> once, Call call) {
        Map<String, Object> shown = noun.show(value, call.view());
        Map<String, Object> members = new LinkedHashMap<>(shown);
        members.putAll(once);
        return Reply.json(201, members).with("Location", location).with("ETag", Etags.of(shown));
    }

    /// One page; `next` is what `after` takes for the one that follows, `total` the length of the list.
    static <N> Reply page(Noun<N> noun, Page<N> page, Function<N, Id> id, Call call) {
        View view = call.view();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(
                "items",
                page.items().stream().map(item -> noun.show(item, view)).toList());
        if (page.more()) {
            members.put("next", id.apply(page.items().getLast()).text());
        }
        page.total().ifPresent(total -> members.put("total", total));
        return Reply.json(200, members);
    }
}
