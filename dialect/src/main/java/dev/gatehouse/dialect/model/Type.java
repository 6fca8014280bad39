package dev.gatehouse.dialect.model;

/// What kind of value a substitution gives.
public enum Type implements Word {
    /// Text.
    TEXT("text", "text"),
    /// A whole number.
    NUMBER("number", "a whole number"),
    /// A moment.
    TIME("time", "a moment; needs a format"),
    /// Names with texts.
    MAP("map", "an object of texts"),
    /// Several texts.
    TEXTS("texts", "a list of texts"),
    /// Several objects of texts.
    OBJECTS("objects", "a list of objects of texts"),
    /// True or false.
    FLAG("flag", "true or false"),
    /// Items of a list.
    ITEMS("items", "a list; `items` of the answer says how each of them looks"),
    /// Members of a request with what is wrong with each.
    FIELDS("fields", "members of the request with what is wrong with each; needs a format");

    private final String word;
    private final String meaning;

    Type(String word, String meaning) {
        this.word = word;
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

    /// Whether JSON has no form of its own for it.
    public boolean needsFormat() {
        return switch (this) {
            case TIME, FIELDS -> true;
            case TEXT, NUMBER, MAP, TEXTS, OBJECTS, FLAG, ITEMS -> false;
        };
    }
}
