package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;

/// What a token descends from. Only leaf ids are named; the chain above them comes from facts, so that `decide`
/// always looks at every ancestor as it is now.
public record Lineage(Id organization, Id application, Id credential, Generations generations) {}
