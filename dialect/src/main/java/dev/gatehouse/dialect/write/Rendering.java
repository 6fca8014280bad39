package dev.gatehouse.dialect.write;

import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Format;
import dev.gatehouse.dialect.model.Template;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Fills templates.
///
/// @param values what a name gives; empty when there is nothing
record Rendering(Function<String, Optional<Object>> values) {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final DateTimeFormatter SQL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /// What stands for JSON's `null` until a value is known to be one: a map of ours has no absent values.
    private static final Object NULL = new Object();

    /// The object. Members without a value are left out; `null` is written where the template says so.
    Map<String, Object> object(Template.Members template) {
        Map<String, Object> members = new LinkedHashMap<>();
        template.members().forEach((name, member) -> any(member).ifPresent(value -> members.put(name, plain(value))));
        return members;
    }

    /// The text of a header field or parameter; empty when a value in it is not known.
    Optional<String> text(Template template) {
        return any(template).map(Object::toString);
    }

    /// The value; empty when it is not known.
    Optional<Object> any(Template template) {
        return switch (template) {
            case Template.Constant(Optional<Object> value) -> Optional.of(value.orElse(NULL));
            case Template.Value(String name, Optional<Format> format) ->
                values.apply(name)
                        .flatMap(value -> format.isPresent() ? format(value, format.get()) : Optional.of(value));
            case Template.Mixed(List<Template> parts) -> mixed(parts);
            case Template.Members members -> Optional.of(object(members));
            case Template.Items(List<Template> items) -> {
                List<Object> list = new ArrayList<>();
                items.forEach(item -> any(item).ifPresent(value -> list.add(plain(value))));
                yield Optional.of(Collections.unmodifiableList(list));
            }
        };
    }

    private Optional<Object> mixed(List<Template> parts) {
        StringBuilder text = new StringBuilder();
        for (Template part : parts) {
            Optional<Object> value = any(part);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            text.append(value.get());
        }
        return Optional.of(text.toString());
    }

    private static Optional<Object> format(Object value, Format format) {
        return switch (format) {
            case ISO ->
                Optional.of(((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString());
            case ISO_LOCAL -> Optional.of(LOCAL.format(utc(value)));
            case ISO_OFFSET -> Optional.of(OFFSET.format(utc(value)));
            case SQL -> Optional.of(SQL.format(utc(value)));
            case UNIX -> Optional.of(((Instant) value).getEpochSecond());
            case UNIX_MILLIS -> Optional.of(((Instant) value).toEpochMilli());
            case TEXT -> Optional.of(value.toString());
            case SECONDS_S -> Optional.of(value + "s");
            case BLANKS -> Optional.of(String.join(" ", texts(value)));
            case PAIRS ->
                Optional.of(fields(value).stream()
                        .map(field -> Map.of("property", field.name(), "violation", field.problem()))
                        .toList());
            case BY_NAME ->
                Optional.of(byName(fields(value))).filter(map -> !map.isEmpty()).map(map -> map);
        };
    }

    private static Map<String, List<String>> byName(List<Fault.Field> fields) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        fields.forEach(field ->
                map.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(field.problem()));
        return map;
    }

    private static OffsetDateTime utc(Object value) {
        return ((Instant) value).atOffset(ZoneOffset.UTC);
    }

    private static List<String> texts(Object value) {
        return ((List<?>) value).stream().map(Object::toString).toList();
    }

    private static List<Fault.Field> fields(Object value) {
        return ((List<?>) value).stream().map(Fault.Field.class::cast).toList();
    }

    // JSON's null is a null in the maps that replies are made of
    @SuppressWarnings({"NullAway", "ReferenceEquality"})
    private static Object plain(Object value) {
        return value == NULL ? null : value;
    }
}
