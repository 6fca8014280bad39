package dev.gatehouse.core.api;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where calls of an Api come in. No two Apis share any of it, so that which one answers is nobody's accident.
///
/// @param listener the listener whose calls are all the Api's
/// @param hosts the names by which it is asked
public record ApiAddress(Optional<String> listener, Set<String> hosts) {
    /// Keeps a copy.
    public ApiAddress {
        hosts = Set.copyOf(hosts);
    }

    /// Where an Api's calls come in.
    public static ApiAddress of(Api api) {
        return new ApiAddress(api.listener(), api.hosts());
    }

    /// What both have, in words for whoever asks for it: the first that is shared, and nothing else of the other.
    public Optional<String> shared(ApiAddress other) {
        if (listener.isPresent() && listener.equals(other.listener)) {
            return listener.map(name -> "the listener " + name);
        }
        return new TreeSet<>(hosts)
                .stream().filter(other.hosts::contains).findFirst().map(host -> "the host " + host);
    }
}
