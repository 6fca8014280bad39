package dev.gatehouse.dialect.write;

import dev.gatehouse.dialect.model.Answer;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Template;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a caller wants a list: which members its items are shown with, and by which of them it is ordered; or which
/// members it wants of the one thing that it asks for. Members are called as the reply calls them, so that whatever
/// an item shows can be asked for, and nothing else.
///
/// @param item how an item, or the one thing, looks with all of its members
/// @param only the members that are shown; all when empty
/// @param orders the first counts most
public record ListForm(Template.Members item, Set<String> only, List<Order> orders) {
    /// One member that a list is ordered by.
    ///
    /// @param back whether the greatest comes first
    public record Order(String member, boolean back) {}

    /// What an item is compared by.
    private record Row(Result item, List<String> texts) {}

    /// Keeps copies.
    public ListForm {
        only = Set.copyOf(only);
        orders = List.copyOf(orders);
    }

    /// Reads what a caller says; a member that items do not have is not shown.
    ///
    /// @return empty when it is to be ordered by a member that items do not have
    public static Optional<ListForm> read(Answer answer, Optional<String> fields, Optional<String> sort) {
        Template.Members item = Optional.ofNullable(answer.items().get(Output.ITEMS.word()))
                .or(() -> one(answer))
                .orElse(new Template.Members(Map.of()));
        Map<String, Order> orders = new LinkedHashMap<>();
        for (String name : names(sort)) {
            boolean back = name.startsWith("-");
            String member = back || name.startsWith("+") ? name.substring(1) : name;
            if (!item.members().containsKey(member)) {
                return Optional.empty();
            }
            orders.putIfAbsent(member, new Order(member, back));
        }
        return Optional.of(new ListForm(item, Set.copyOf(names(fields)), List.copyOf(orders.values())));
    }

    private static Optional<Template.Members> one(Answer answer) {
        return answer.body().flatMap(body -> body instanceof Template.Members it ? Optional.of(it) : Optional.empty());
    }

    private static List<String> names(Optional<String> text) {
        return text.stream()
                .flatMap(all -> List.of(all.split(",", -1)).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /// Whether a list has to be read whole before a page of it is known.
    public boolean ordered() {
        return !orders.isEmpty();
    }

    /// The items in this order; those that are alike stay as they are.
    public List<Result> sorted(List<Result> items) {
        List<Row> rows = new ArrayList<>(items.stream().map(this::row).toList());
        for (int i = orders.size() - 1; i >= 0; i--) {
            int place = i;
            Comparator<Row> by = Comparator.comparing(row -> row.texts().get(place));
            rows.sort(orders.get(i).back() ? by.reversed() : by);
        }
        return rows.stream().map(Row::item).toList();
    }

    private Row row(Result item) {
        Rendering rendering = new Rendering(item::get);
        return new Row(
                item,
                orders.stream()
                        .map(order -> Optional.ofNullable(item().members().get(order.member()))
                                .flatMap(rendering::text)
                                .orElse(""))
                        .toList());
    }

    /// The answer with the members that are wanted.
    Answer of(Answer answer) {
        if (only.isEmpty()) {
            return answer;
        }
        Map<String, Template> kept = new LinkedHashMap<>(item.members());
        kept.keySet().retainAll(only);
        Template.Members shown = new Template.Members(kept);
        Map<String, Template.Members> items = new LinkedHashMap<>(answer.items());
        boolean list = items.replace(Output.ITEMS.word(), shown) != null;
        return new Answer(
                answer.status(), list ? answer.body() : Optional.of(shown), items, answer.headers(), answer.back());
    }
}
