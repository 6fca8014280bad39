package dev.gatehouse.server.dialect;

import dev.gatehouse.oauth.endpoint.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a dialect keeps beside an API key and tells again: what the provider calls its uses, and objects that only
/// the provider understands. Nothing is decided by it.
///
/// @param marks objects of texts
record KeyNote(List<String> permissions, List<Map<String, String>> marks) {
    static final KeyNote NONE = new KeyNote(List.of(), List.of());

    KeyNote {
        permissions = List.copyOf(permissions);
        marks = List.copyOf(marks);
    }

    /// As it is stored: the permissions on the first line, an object as a form on each other one.
    String text() {
        List<String> lines = new ArrayList<>(List.of(String.join(" ", permissions)));
        marks.forEach(mark -> lines.add(new Form(mark).text()));
        return String.join("\n", lines);
    }

    /// The reverse. What another version wrote in a form of its own is passed over.
    static KeyNote read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        List<Map<String, String>> marks = lines.stream()
                .skip(1)
                .flatMap(line -> Form.parse(line.getBytes(StandardCharsets.ISO_8859_1)).stream())
                .map(Form::values)
                .toList();
        String first = lines.getFirst();
        return new KeyNote(first.isEmpty() ? List.of() : List.of(first.split(" ", -1)), marks);
    }
}
