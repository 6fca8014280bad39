package dev.gatehouse.dialect.model;

/// How secrets look that are drawn for the Api, where its customers' code checks lengths or characters.
public enum KeyShape implements Word {
    /// Gatehouse's own.
    GATEHOUSE("gatehouse", "Gatehouse's own form, with a prefix and a check"),
    /// A UUID.
    UUID("uuid", "a UUID in lower case"),
    /// 32 hexadecimal digits.
    HEX_32("hex-32", "32 hexadecimal digits in lower case"),
    /// Both.
    HEX32_UUID("hex32-uuid", "32 hexadecimal digits, `-`, a UUID"),
    /// 44 letters and digits.
    BASE62_44("base62-44", "44 letters and digits");

    private final String word;
    private final String meaning;

    KeyShape(String word, String meaning) {
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
