package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1) as members in order. It says as much of what a [Type]
/// reads as it can: what it refuses is refused, what it allows may still be refused for what it means.
final class Schema {
    private Schema() {}

    /// Names and values by turns.
    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            members.put((String) pairs[i], pairs[i + 1]);
        }
        return members;
    }

    /// These and more.
    static Map<String, Object> and(Map<String, Object> members, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.putAll(more);
        return all;
    }

    /// A string.
    static Map<String, Object> text(String allowed) {
        return of("type", "string", "description", allowed);
    }

    /// What a string matches from its beginning to its end, and one that does.
    static Map<String, Object> pattern(String regex, String example) {
        return of("pattern", "^(?:" + regex + ")$", "examples", List.of(example));
    }

    /// What is kept under `components` of the document.
    static Map<String, Object> reference(String section, String name) {
        return of("$ref", "#/components/" + section + "/" + name);
    }

    /// An object with exactly these members.
    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> members = of("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            members.put("required", required);
        }
        members.put("additionalProperties", false);
        return members;
    }

    /// An object with the members that a form takes.
    static Map<String, Object> form(Form form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Form.Item item : form.items()) {
            properties.put(item.attribute().name(), item.attribute().type().schema());
            if (item.required()) {
                required.add(item.attribute().name());
            }
        }
        return object(properties, required);
    }

    /// An object with the members that are shown of a noun.
    static Map<String, Object> shown(List<? extends Attribute<?, ?>> attributes) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Attribute<?, ?> attribute : attributes) {
            properties.put(attribute.name(), attribute.type().schema());
            if (attribute.always()) {
                required.add(attribute.name());
            }
        }
        return object(properties, required);
    }
}
