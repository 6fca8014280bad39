package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.GrantStore.Refreshable;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What is asked of grants, in memory.
final class MemoryGrantReads {
    private MemoryGrantReads() {}

    /// One that has refresh tokens, and is not over.
    static Optional<GrantRow> going(Tables tables, Id grant, Instant now) {
        return Optional.ofNullable(tables.grants.get(grant))
                .filter(row -> row.state() == GrantRow.State.LIVE && now.isBefore(row.diesAt()));
    }

    static Optional<Refreshable> refreshable(Tables tables, Id grant, Instant now) {
        return going(tables, grant, now).map(row -> new Refreshable(row.grant(), row.number(), row.diesAt()));
    }

    static Optional<Grant> living(Tables tables, Id user, Id application, Id api, Id login, Instant now) {
        return tables.grants.values().stream()
                .filter(row -> row.between(user, application)
                        && row.grant().claims().api().equals(api))
                .filter(row -> row.state() == GrantRow.State.LIVE || row.state() == GrantRow.State.USED)
                .filter(row -> row.grant().known().equals(login)
                        && now.isBefore(row.diesAt())
                        && !row.diesAt().equals(row.codeEnds()))
                .max(Comparator.comparing(row -> row.grant().claims().issuedAt()))
                .map(row -> row.grant().ending(row.diesAt()));
    }
}
