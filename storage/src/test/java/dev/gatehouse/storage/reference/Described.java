package dev.gatehouse.storage.reference;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the tables and columns are for, an area of the schema a class.
final class Described {
    /// Columns that mean the same in every table.
    static final Map<String, String> COMMON = Table.columns("""
        id            the 64 random bits of the id, the top bit flipped
        organization  the organization that it belongs to
        name          what people call it
        created_at    when it was made
        version       counts the writes to the row; updates are conditional on it
        holds         a bit set: 1 owner, 2 provider, 4 policy, 8 schedule
        revoked       ended for good
        generation    counts the cuts: what was issued under an earlier one is dead
        held_depth    the depth of the organization that set the hold `owner`; who is deeper does not lift it
        not_before    of no use before
        expires_at    of no use from then on
        """);

    /// In the order of the page.
    static final List<Table> TABLES = Stream.of(
                    MemberTables.TABLES,
                    PeopleTables.TABLES,
                    GrantTables.TABLES,
                    ConnectionTables.TABLES,
                    ApiTables.TABLES,
                    TrailTables.TABLES,
                    NodeTables.TABLES)
            .flatMap(List::stream)
            .toList();

    private Described() {}
}
