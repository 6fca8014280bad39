package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads sets of carriers, such as `client-id + access-token`, and refuses those that a request could not tell
/// apart.
final class Sets {
    private final Mistakes mistakes;
    private final List<String> declared;

    Sets(Mistakes mistakes, List<Carrier> carriers) {
        this.mistakes = mistakes;
        this.declared = carriers.stream().map(carrier -> carrier.input().word()).toList();
    }

    /// One set or a list of them, each proving something.
    List<CallSet> readAll(List<Node> nodes) {
        List<CallSet> sets = new ArrayList<>();
        for (Node node : nodes) {
            Optional<CallSet> read = Fields.text(node, mistakes).flatMap(text -> read(node, text));
            read.ifPresent(set -> {
                sets.forEach(earlier -> distinct(node, earlier, set));
                sets.add(set);
            });
        }
        return sets;
    }

    private Optional<CallSet> read(Node node, String text) {
        List<Input> inputs = new ArrayList<>();
        for (String part : text.split("\\+", -1)) {
            Optional<Input> input = Word.find(Input.class, part.strip());
            if (input.isEmpty() || !declared.contains(input.get().word())) {
                mistakes.word(node.spot(), "declared carrier", part.strip(), declared);
                return Optional.empty();
            }
            if (inputs.contains(input.get())) {
                mistakes.add(node.spot(), input.get().word() + " is twice in the set");
                return Optional.empty();
            }
            inputs.add(input.get());
        }
        return Optional.of(CallSet.of(inputs));
    }

    /// Two sets with the same proofs are told apart by their selectors, and only when one of them has all of the
    /// other's: then the larger one that is there counts.
    private void distinct(Node node, CallSet earlier, CallSet set) {
        long proofs = Input.proofs();
        boolean sameProofs = (earlier.bits() & proofs) == (set.bits() & proofs);
        long both = earlier.bits() & set.bits();
        if (earlier.bits() == set.bits()) {
            mistakes.add(node.spot(), "the set " + set.text() + " is here twice");
        } else if (sameProofs && both != earlier.bits() && both != set.bits()) {
            mistakes.add(
                    node.spot(),
                    "the sets " + earlier.text() + " and " + set.text()
                            + " cannot be told apart: a call that carries all of it would be both");
        }
    }
}
