package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The organizations in memory and the ways up through them.
final class OrganizationTree {
    private final Cells<OrganizationFact> cells = new Cells<>();

    Cell<OrganizationFact> of(Id organization) {
        return cells.of(organization);
    }

    /// The organizations from a cell up to the root; empty when one of them is not in memory.
    static List<Organization> up(Cell<OrganizationFact> leaf) {
        List<Organization> up = new ArrayList<>(4);
        Optional<Cell<OrganizationFact>> next = Optional.of(leaf);
        while (next.isPresent()) {
            OrganizationFact fact = next.get().value();
            if (fact == null || up.size() == Organization.MAX_DEPTH) {
                return List.of();
            }
            Optional<Organization> resolved = fact.resolved();
            if (resolved.isEmpty()) {
                return List.of();
            }
            up.add(resolved.get());
            next = fact.parent();
        }
        return Collections.unmodifiableList(up);
    }

    /// The same, as it is looked for.
    static Look<List<Organization>> walk(Cell<OrganizationFact> leaf) {
        List<Organization> up = up(leaf);
        return up.isEmpty() ? new Look.Cold<>() : new Look.Known<>(up);
    }

    /// Of these organizations, those whose way up has to be read.
    List<Id> unread(Collection<Id> ids) {
        return ids.stream().distinct().filter(id -> up(cells.of(id)).isEmpty()).toList();
    }

    /// @param roles the cell of each role
    void fill(Organization one, Function<Id, Cell<Role>> roles) {
        Map<Id, Cell<Role>> bounding = one.access().stream()
                .flatMap(access -> access.role().stream())
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), roles));
        cells.of(one.id()).fill(new OrganizationFact(one, one.parent().map(cells::of), bounding));
    }

    void drop(Id organization) {
        cells.drop(organization);
    }

    void dropAll() {
        cells.dropAll();
    }
}
