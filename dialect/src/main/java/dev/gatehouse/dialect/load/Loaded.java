package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.yaml.Mistake;
import java.util.List;

/// What loading a dialect file gave.
public sealed interface Loaded {
    /// A dialect without a mistake.
    record Good(Dialect dialect) implements Loaded {}

    /// Everything that is wrong with the file, in its order.
    record Wrong(List<Mistake> mistakes) implements Loaded {}
}
