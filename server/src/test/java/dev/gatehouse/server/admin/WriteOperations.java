package dev.gatehouse.server.admin;

import java.util.List;

/// What the admin API's table says, for tests that go over every operation through HTTP.
public final class WriteOperations {
    /// One operation: its path has variables in braces.
    public record Listed(String method, String path, boolean writes, boolean scoped) {}

    private WriteOperations() {}

    /// All rows of the table.
    public static List<Listed> all() {
        return Operations.TABLE.stream()
                .map(row -> new Listed(
                        row.method(),
                        row.path().text(),
                        row.writes(),
                        !row.need().scopes().isEmpty()))
                .toList();
    }
}
