package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.Page;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Which part of a list is printed: all of it, unless said otherwise.
final class Paging {
    @Option(names = "--limit", paramLabel = "N", description = "at most N, one page (default: all pages)")
    Optional<Integer> limit = Optional.empty();

    @Option(names = "--after", paramLabel = "MARK", description = "continue after this mark of an earlier page")
    Optional<String> after = Optional.empty();

    <T> void print(Function<Page.Ask, Page<T>> pages, Function<T, Json.Obj> json, Output output, String... columns) {
        Page<T> page = limit.isPresent() || after.isPresent()
                ? pages.apply(new Page.Ask(limit, after))
                : new Page<>(Page.all(pages), Optional.empty());
        output.list(page.items().stream().map(json).toList(), page.next(), columns);
    }
}
