package dev.gatehouse.dialect.model;

/// A form in which the members of a request come.
public enum BodyKind implements Word {
    /// A JSON object.
    JSON("json", "a JSON object; any media type of JSON, told by the first byte"),
    /// A form.
    FORM("form", "`application/x-www-form-urlencoded`"),
    /// The query.
    QUERY("query", "the query, for members that the body does not have");

    private final String word;
    private final String meaning;

    BodyKind(String word, String meaning) {
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
