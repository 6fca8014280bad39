package dev.gatehouse.storage.reference;

import java.util.List;

/// What the nodes of an installation know of it and of each other.
final class NodeTables {
    static final List<Table> TABLES = List.of(
            new Table("meta", "What must be known of the installation.", Table.FOR_GOOD, """
                name   `key_file`
                value  of `key_file`: the public name of the key file that belongs to this database
                """),
            new Table("change", "What changed, for the other nodes.", "An hour.", """
                txid  the transaction, by which nodes read
                kind  of the noun
                id    of the noun
                at    when
                """),
            new Table("node", "A process on the database.", "Until a later one takes note that it left.", """
                boot     drawn at each start
                beat     counts its signs of life
                applied  how far it has read the changes
                state    `live`, `out` or `left`
                version  of the formats that its release writes
                """));

    private NodeTables() {}
}
