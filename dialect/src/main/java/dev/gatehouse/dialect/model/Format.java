package dev.gatehouse.dialect.model;

import java.util.Arrays;
import java.util.List;

/// How a value is written where the template says `$name/format`.
public enum Format implements Word {
    /// `2022-07-08T14:33:00Z`.
    ISO("iso", Type.TIME, "`2022-07-08T14:33:00Z`"),
    /// `2022-07-08T14:33:00`, UTC.
    ISO_LOCAL("iso-local", Type.TIME, "`2022-07-08T14:33:00`, UTC"),
    /// `2022-07-08T14:33:00.000+00:00`.
    ISO_OFFSET("iso-offset", Type.TIME, "`2022-07-08T14:33:00.000+00:00`"),
    /// `2022-07-08 14:33:00`, UTC.
    SQL("sql", Type.TIME, "`2022-07-08 14:33:00`, UTC"),
    /// Seconds since 1970, a number.
    UNIX("unix", Type.TIME, "seconds since 1970 as a number"),
    /// Milliseconds since 1970, a number.
    UNIX_MILLIS("unix-millis", Type.TIME, "milliseconds since 1970 as a number"),
    /// A number as text.
    TEXT("text", Type.NUMBER, "the number as text"),
    /// A number of seconds as `1s`.
    SECONDS_S("seconds-s", Type.NUMBER, "a number of seconds as `1s`"),
    /// Texts with blanks between them.
    BLANKS("blanks", Type.TEXTS, "one text with blanks between"),
    /// `[{"property": ..., "violation": ...}]`.
    PAIRS("pairs", Type.FIELDS, "`[{\"property\": ..., \"violation\": ...}]`"),
    /// `{"name": ["what is wrong"]}`.
    BY_NAME("by-name", Type.FIELDS, "`{\"name\": [\"what is wrong\"]}`; left out when there is none");

    private final String word;
    private final Type of;
    private final String meaning;

    Format(String word, Type of, String meaning) {
        this.word = word;
        this.of = of;
        this.meaning = meaning;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    /// What it formats.
    public Type of() {
        return of;
    }

    /// The formats of one type of value.
    public static List<Format> of(Type type) {
        return Arrays.stream(values()).filter(format -> format.of == type).toList();
    }
}
