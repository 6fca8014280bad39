package dev.gatehouse.server.config;

import java.util.List;

/// What reading the configuration gave.
public sealed interface Loaded {
    /// A configuration that the node can start with.
    record Good(NodeConfig config) implements Loaded {}

    /// Everything that is wrong with it, in the order of its sources.
    record Wrong(List<Mistake> mistakes) implements Loaded {}
}
