package dev.gatehouse.dialect.write;

import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.model.Type;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an operation gave. What it did not give is left out of the reply.
public final class Result {
    /// Nothing.
    public static final Result NONE = new Result(Map.of());

    private final Map<Output, Object> values;

    private Result(Map<Output, Object> values) {
        this.values = values;
    }

    /// The same with one text more.
    public Result with(Output output, String text) {
        return with(output, Type.TEXT, text);
    }

    /// The same with one number more.
    public Result with(Output output, long number) {
        return with(output, Type.NUMBER, number);
    }

    /// The same with one moment more.
    public Result with(Output output, Instant time) {
        return with(output, Type.TIME, time);
    }

    /// The same with one list of texts more.
    public Result with(Output output, List<String> texts) {
        return with(output, Type.TEXTS, List.copyOf(texts));
    }

    /// The same with one object of texts more.
    public Result with(Output output, Map<String, String> map) {
        return with(output, Type.MAP, map);
    }

    /// The same with several objects of texts.
    public Result withObjects(Output output, List<Map<String, String>> objects) {
        return with(output, Type.OBJECTS, List.copyOf(objects));
    }

    /// The same with true or false.
    public Result with(Output output, boolean flag) {
        return with(output, Type.FLAG, flag);
    }

    /// The same with the items of a list.
    public Result withItems(List<Result> items) {
        return withItems(Output.ITEMS, items);
    }

    /// The same with the items of this list.
    public Result withItems(Output list, List<Result> items) {
        return with(list, Type.ITEMS, List.copyOf(items));
    }

    /// The same with what is left under a limit.
    public Result with(Quota quota) {
        return with(Output.LIMIT, quota.rate().requests())
                .with(Output.REMAINING, quota.remaining())
                .with(Output.WINDOW, quota.rate().seconds());
    }

    /// The same with all of another one.
    public Result and(Result other) {
        Map<Output, Object> more = new EnumMap<>(Output.class);
        more.putAll(values);
        more.putAll(other.values);
        return new Result(more);
    }

    private Result with(Output output, Type type, Object value) {
        if (output.type() != type) {
            throw new IllegalArgumentException(
                    output.word() + " is " + output.type().word() + ", not " + type.word());
        }
        Map<Output, Object> more = new EnumMap<>(Output.class);
        more.putAll(values);
        more.put(output, value);
        return new Result(more);
    }

    /// The value of this name, items of lists as they are to look.
    Optional<Object> get(String name, Map<String, Template.Members> items) {
        Optional<Template.Members> item = Optional.ofNullable(items.get(name));
        return get(name)
                .map(value -> item.isPresent()
                        ? ((List<?>) value)
                                .stream()
                                        .map(one -> ((Result) one).shown(item.get(), items))
                                        .toList()
                        : value);
    }

    private Map<String, Object> shown(Template.Members item, Map<String, Template.Members> items) {
        return new Rendering(name -> get(name, items)).object(item);
    }

    /// The value of this name.
    Optional<Object> get(String name) {
        for (Map.Entry<Output, Object> entry : values.entrySet()) {
            if (entry.getKey().word().equals(name)) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    /// The names only: values are tokens.
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
