package dev.gatehouse.core.http;

/// One header field line as it was sent; the name keeps its case.
public record Header(String name, String value) {
    /// The name only: values carry credentials.
    @Override
    public String toString() {
        return name;
    }
}
