package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// How the value of a member is read from JSON and written to it.
interface Type<V> {
    /// What may stand there, for messages and references.
    String allowed();

    /// The same as JSON Schema.
    Map<String, Object> schema();

    /// Reads a value.
    ///
    /// @param at the member's path in the body, for the problem
    Got<V> read(String at, Object json);

    /// The JSON of a value.
    Object write(V value);

    /// A string of some form.
    ///
    /// @param form what JSON Schema can say of it
    static <V> Type<V> text(
            String allowed, Map<String, Object> form, Function<String, Optional<V>> read, Function<V, String> write) {
        return new Type<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.and(Schema.text(allowed), form);
            }

            @Override
            public Got<V> read(String at, Object json) {
                Optional<V> value = json instanceof String text ? read.apply(text) : Optional.empty();
                return value.<Got<V>>map(Got::of).orElseGet(() -> wrong(at, allowed));
            }

            @Override
            public Object write(V value) {
                return write.apply(value);
            }
        };
    }

    /// A whole number.
    static Type<Long> number(long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        return new Type<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.of("type", "integer", "minimum", least, "maximum", most);
            }

            @Override
            public Got<Long> read(String at, Object json) {
                return json instanceof Long number && number >= least && number <= most
                        ? Got.of(number)
                        : wrong(at, allowed);
            }

            @Override
            public Object write(Long value) {
                return value;
            }
        };
    }

    /// `true` or `false`.
    static Type<Boolean> flag() {
        return new Type<>() {
            @Override
            public String allowed() {
                return "true or false";
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.of("type", "boolean");
            }

            @Override
            public Got<Boolean> read(String at, Object json) {
                return json instanceof Boolean flag ? Got.of(flag) : wrong(at, allowed());
            }

            @Override
            public Object write(Boolean value) {
                return value;
            }
        };
    }

    /// A list without repetitions.
    static <V> Type<List<V>> list(Type<V> item, int least, int most) {
        String allowed = "a list of " + least + " to " + most + " different items, each " + item.allowed();
        return new Type<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.of(
                        "type",
                        "array",
                        "items",
                        item.schema(),
                        "minItems",
                        least,
                        "maxItems",
                        most,
                        "uniqueItems",
                        true);
            }

            @Override
            public Got<List<V>> read(String at, Object json) {
                if (!(json instanceof List<?> items) || items.size() < least || items.size() > most) {
                    return wrong(at, allowed);
                }
                List<V> values = new ArrayList<>();
                for (int i = 0; i < items.size(); i++) {
                    switch (item.read(at + "[" + i + "]", items.get(i))) {
                        case Got.No<V>(Problem problem) -> {
                            return Got.no(problem);
                        }
                        case Got.Value<V>(V value) -> values.add(value);
                    }
                }
                return values.stream().distinct().count() == values.size()
                        ? Got.of(List.copyOf(values))
                        : wrong(at, allowed);
            }

            @Override
            public Object write(List<V> values) {
                return values.stream().map(item::write).toList();
            }
        };
    }

    /// An object whose member names are of one form and whose values are of one type.
    static <V> Type<Map<String, V>> map(Type<String> name, Type<V> value, int most) {
        String allowed = "an object of at most " + most + " members: " + name.allowed() + " -> " + value.allowed();
        return new Type<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.of(
                        "type",
                        "object",
                        "propertyNames",
                        name.schema(),
                        "additionalProperties",
                        value.schema(),
                        "maxProperties",
                        most);
            }

            @Override
            public Got<Map<String, V>> read(String at, Object json) {
                if (!(json instanceof Map<?, ?> members) || members.size() > most) {
                    return wrong(at, allowed);
                }
                Map<String, V> values = new LinkedHashMap<>();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    Got<V> one = name.read(at + " (a member's name)", member.getKey())
                            .then(key -> value.read(at + "." + key, member.getValue()));
                    switch (one) {
                        case Got.No<V>(Problem problem) -> {
                            return Got.no(problem);
                        }
                        case Got.Value<V>(V read) -> values.put((String) member.getKey(), read);
                    }
                }
                return Got.of(values);
            }

            @Override
            public Object write(Map<String, V> values) {
                Map<String, Object> members = new LinkedHashMap<>();
                values.forEach((key, one) -> members.put(key, value.write(one)));
                return members;
            }
        };
    }

    /// An object with members of its own.
    static <V> Type<V> object(Form form, Function<Given, Got<V>> read, Function<V, Map<String, Object>> write) {
        return new Type<>() {
            @Override
            public String allowed() {
                return "an object of " + String.join(", ", form.names());
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.form(form);
            }

            @Override
            public Got<V> read(String at, Object json) {
                return json instanceof Map<?, ?> members
                        ? form.read(at + ".", members).then(read)
                        : wrong(at, allowed());
            }

            @Override
            public Object write(V value) {
                return write.apply(value);
            }
        };
    }

    /// A value or `null`, which means none.
    static <V> Type<Optional<V>> nullable(Type<V> type) {
        return new Type<>() {
            @Override
            public String allowed() {
                return type.allowed() + ", or null";
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.of("anyOf", List.of(type.schema(), Schema.of("type", "null")));
            }

            @Override
            public Got<Optional<V>> read(String at, Object json) {
                return json instanceof StrictJson.Null
                        ? Got.of(Optional.empty())
                        : type.read(at, json).map(Optional::of);
            }

            @Override
            public Object write(Optional<V> value) {
                return value.<Object>map(type::write).orElseGet(StrictJson.Null::new);
            }
        };
    }

    private static <T> Got<T> wrong(String at, String allowed) {
        return Got.no(new Problem.InvalidField(at, allowed));
    }
}
