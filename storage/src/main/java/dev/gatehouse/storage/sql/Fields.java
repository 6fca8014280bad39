package dev.gatehouse.storage.sql;

import java.util.ArrayList;
import java.util.List;

/// Lines of fields in one text column: fields apart by tabs, lines by newlines, and a backslash before `t`, `n`
/// and itself where they are part of a field. One row stays one fact that one statement reads.
final class Fields {
    private final StringBuilder out = new StringBuilder();

    /// Adds a line.
    Fields line(String... fields) {
        out.append(out.isEmpty() ? "" : "\n");
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "" : "\t").append(escaped(fields[i]));
        }
        return this;
    }

    String text() {
        return out.toString();
    }

    /// The lines of a column, each with exactly this many fields.
    static List<List<String>> read(String column, int width) {
        return read(column, width, width);
    }

    /// The lines of a column, each with at least and at most so many fields.
    static List<List<String>> read(String column, int least, int most) {
        List<List<String>> lines = new ArrayList<>();
        if (column.isEmpty()) {
            return lines;
        }
        for (String line : column.split("\n", -1)) {
            List<String> fields = new ArrayList<>();
            for (String field : line.split("\t", -1)) {
                fields.add(plain(field));
            }
            if (fields.size() < least || fields.size() > most) {
                throw new IllegalStateException("a stored line has " + fields.size() + " fields, not " + most);
            }
            lines.add(fields);
        }
        return lines;
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private static String plain(String field) {
        StringBuilder out = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\') {
                i++;
                char escape = field.charAt(i);
                out.append(escape == 't' ? '\t' : escape == 'n' ? '\n' : escape);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
