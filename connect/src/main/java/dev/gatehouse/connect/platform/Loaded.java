package dev.gatehouse.connect.platform;

import dev.gatehouse.yaml.Mistake;
import java.util.List;

/// What loading a platform file gave.
public sealed interface Loaded {
    /// A platform without a mistake.
    record Good(Platform platform) implements Loaded {}

    /// Everything that is wrong with the file, in its order.
    record Wrong(List<Mistake> mistakes) implements Loaded {}
}
