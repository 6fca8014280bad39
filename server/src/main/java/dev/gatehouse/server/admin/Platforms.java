package dev.gatehouse.server.admin;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.core.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The platforms that connections may be made to, with what their credentials consist of.
final class Platforms {
    private Platforms() {}

    static Got<Reply> list(Call call) {
        return Got.of(Reply.json(
                200,
                Map.of(
                        "items",
                        call.desk().outbound().platforms().platforms().stream()
                                .map(Platforms::shown)
                                .toList())));
    }

    private static Map<String, Object> shown(Platform platform) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", platform.type());
        members.put("title", platform.title());
        members.put("docs", platform.docs());
        members.put(
                "kinds",
                new TreeMap<>(platform.ways())
                        .entrySet().stream()
                                .map(way -> Map.of(
                                        "kind",
                                        way.getKey().wire(),
                                        "fields",
                                        fields(way.getValue().fields())))
                                .toList());
        return members;
    }

    private static List<Map<String, Object>> fields(List<Field> fields) {
        return fields.stream().map(Platforms::shown).toList();
    }

    private static Map<String, Object> shown(Field field) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", field.name());
        members.put("title", field.title());
        members.put("secret", field.secret());
        members.put("required", field.required());
        field.pattern().map(Pattern::pattern).ifPresent(pattern -> members.put("pattern", pattern));
        field.example().ifPresent(example -> members.put("example", example));
        return members;
    }
}
