package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.stream.Collectors;

/// Inputs that together open a call: one presentation.
///
/// @param bits the same, see [Input#bits]
public record CallSet(List<Input> inputs, long bits) {
    /// Keeps a copy.
    public CallSet {
        inputs = List.copyOf(inputs);
    }

    /// Of these inputs.
    public static CallSet of(List<Input> inputs) {
        return new CallSet(inputs, Input.bits(inputs));
    }

    /// How files spell it.
    public String text() {
        return inputs.stream().map(Input::word).collect(Collectors.joining(" + "));
    }
}
