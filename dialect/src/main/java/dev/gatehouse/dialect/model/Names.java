package dev.gatehouse.dialect.model;

import dev.gatehouse.core.member.ConnectionKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a provider calls kinds of connections and parts of their credentials.
///
/// @param kinds its name -> ours; where there are some, kinds without one are not told and not taken
/// @param parts its name -> ours, or [#BASE]; a part without one is called as the platform's file calls it
/// @param permissions what a key is for -> scopes that it has then, or [#ALL]
/// @param orders by what a list of keys is ordered
/// @param roles names of roles -> ours; a role without one is called as here
/// @param own what stands for the caller's own organization
public record Names(
        Map<String, ConnectionKind> kinds,
        Map<String, String> parts,
        Map<String, List<String>> permissions,
        Map<String, KeyOrder> orders,
        Map<String, String> roles,
        Optional<String> own) {
    /// Our own names.
    public static final Names OURS = new Names(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty());

    /// Stands for all scopes that may be given.
    public static final String ALL = "all";

    /// Stands for the address that calls go to, where a platform has no field for it by the provider's name.
    public static final String BASE = "base";

    /// Keeps copies, in the order of the file: the first name is told.
    public Names {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        permissions = Map.copyOf(permissions);
        roles = Map.copyOf(roles);
        orders = Collections.unmodifiableMap(new LinkedHashMap<>(orders));
    }

    /// The kind that the provider calls so.
    public Optional<ConnectionKind> kind(String theirs) {
        return kinds.isEmpty() ? ConnectionKind.of(theirs) : Optional.ofNullable(kinds.get(theirs));
    }

    /// What it calls a kind.
    public Optional<String> of(ConnectionKind kind) {
        return kinds.isEmpty() ? Optional.of(kind.wire()) : theirs(kinds, kind);
    }

    /// Our name of the part that it calls so.
    public String part(String theirs) {
        return parts.getOrDefault(theirs, theirs);
    }

    /// What it calls a part.
    public String ofPart(String ours) {
        return theirs(parts, ours).orElse(ours);
    }

    /// Our name of the role that it calls so.
    public String role(String theirs) {
        return roles.getOrDefault(theirs, theirs);
    }

    /// The order that it calls so.
    public Optional<KeyOrder> order(String theirs) {
        return Optional.ofNullable(orders.get(theirs));
    }

    /// What it calls an order.
    public Optional<String> ofOrder(KeyOrder ours) {
        return theirs(orders, ours);
    }

    private static <T> Optional<String> theirs(Map<String, T> names, T ours) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(ours))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
