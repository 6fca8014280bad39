package dev.gatehouse.dialect.model;

/// By what lists of API keys can be ordered.
public enum KeyOrder implements Word {
    /// The oldest first.
    CREATED("created", "when it was made"),
    /// By name.
    NAME("name", "its name"),
    /// By its beginning.
    NOT_BEFORE("not-before", "when it begins to count"),
    /// By its end.
    NOT_AFTER("not-after", "when it ends");

    private final String word;
    private final String meaning;

    KeyOrder(String word, String meaning) {
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
}
