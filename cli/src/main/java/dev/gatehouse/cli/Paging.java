package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Which part of a list is printed: all of it, unless said otherwise.
class Paging {
    @Option(names = "--limit", paramLabel = "N", description = "at most N, one page (default: all pages)")
    Optional<Integer> limit = Optional.empty();

    @Option(names = "--after", paramLabel = "MARK", description = "continue after this mark of an earlier page")
    Optional<String> after = Optional.empty();

    @Option(names = "--page", paramLabel = "N", description = "page N, from 1, in place of --after")
    Optional<Integer> page = Optional.empty();

    @Option(names = "--count", description = "say how long the whole list is")
    boolean count;

    /// What all that is printed has for a name, where one may be asked for.
    Optional<String> name() {
        return Optional.empty();
    }

    <T> void print(Function<Page.Ask, Page<T>> pages, Function<T, Json.Obj> json, Output output, String... columns) {
        boolean part = limit.isPresent() || after.isPresent() || page.isPresent();
        Page<T> shown = part ? pages.apply(new Page.Ask(limit, after, page, name(), count)) : whole(pages);
        Optional<String> more = shown.next()
                .map(mark -> page.map(number -> "--page " + (number + 1)).orElse("--after " + mark));
        List<Json.Obj> rows = shown.items().stream().map(json).toList();
        output.list(new Page<>(rows, shown.next(), shown.total()), more, columns);
    }

    private <T> Page<T> whole(Function<Page.Ask, Page<T>> pages) {
        List<T> all = Page.all(pages, name().map(Page.Ask::named).orElse(Page.Ask.FIRST));
        return new Page<>(all, Optional.empty(), count ? Optional.of((long) all.size()) : Optional.empty());
    }
}
