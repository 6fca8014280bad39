package dev.gatehouse.dialect.read;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs as they were sent: unproven, to be trusted by nobody.
public final class Shown {
    private final List<Input> inputs = new ArrayList<>(4);
    private final List<Secret> values = new ArrayList<>(4);
    private long bits;

    Shown() {}

    /// Nothing.
    public static Shown none() {
        return new Shown();
    }

    /// Adds one that is not there yet.
    void put(Input input, String value) {
        inputs.add(input);
        values.add(Secret.of(value));
        bits |= input.bit();
    }

    /// The same, only these inputs.
    Shown only(long kept) {
        Shown shown = new Shown();
        for (int i = 0; i < inputs.size(); i++) {
            if ((inputs.get(i).bit() & kept) != 0) {
                shown.put(inputs.get(i), values.get(i).reveal());
            }
        }
        return shown;
    }

    /// All that is there, see [Input#bits].
    public long bits() {
        return bits;
    }

    /// Whether an input is there.
    public boolean has(Input input) {
        return (bits & input.bit()) != 0;
    }

    /// The value of an input.
    public Optional<Secret> get(Input input) {
        int at = inputs.indexOf(input);
        return at < 0 ? Optional.empty() : Optional.of(values.get(at));
    }

    /// The parts of an input that is an object of texts; none when it is not there.
    public Map<String, String> parts(Input input) {
        try {
            Optional<String> pairs = get(input).map(Secret::reveal).filter(text -> !text.isEmpty());
            return pairs.isPresent() ? Encoded.parameters(pairs.get(), input.word()) : Map.of();
        } catch (Unreadable e) {
            throw new IllegalStateException("pairs that were written here can be read", e);
        }
    }

    /// The objects of an input that is a list of such; none when it is not there.
    public List<Map<String, String>> objects(Input input) {
        List<Map<String, String>> objects = new ArrayList<>();
        String text = get(input).map(Secret::reveal).orElse("");
        try {
            for (String pairs : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
                objects.add(Encoded.parameters(pairs, input.word()));
            }
            return List.copyOf(objects);
        } catch (Unreadable e) {
            throw new IllegalStateException("pairs that were written here can be read", e);
        }
    }

    /// What is there, in the order in which it was found.
    public List<Input> inputs() {
        return List.copyOf(inputs);
    }

    /// The names only.
    @Override
    public String toString() {
        return inputs.toString();
    }
}
