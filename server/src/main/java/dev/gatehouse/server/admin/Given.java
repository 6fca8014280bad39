package dev.gatehouse.server.admin;

import java.util.Map;
import java.util.Optional;

/// The values that a request gave for the members of a form.
record Given(Map<Attribute<?, ?>, Object> values) {
    /// The value, when it was given.
    @SuppressWarnings("unchecked") // Form.read puts under each attribute only what the attribute's own type read
    <V> Optional<V> get(Attribute<?, V> attribute) {
        return Optional.ofNullable((V) values.get(attribute));
    }

    /// The value of a member that the form requires.
    <V> V need(Attribute<?, V> attribute) {
        return get(attribute)
                .orElseThrow(() -> new IllegalStateException(attribute.name() + " is not required by the form"));
    }
}
