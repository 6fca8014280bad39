package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.load.Sources.Place;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Source;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads which input is carried where. No place carries two.
final class CarrierLoader {
    private static final List<Place> PLACES =
            Arrays.stream(Place.values()).filter(place -> place != Place.PATH).toList();

    private final Mistakes mistakes;

    CarrierLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    List<Carrier> read(Map<String, Node.Entry> entries) {
        Sources sources = new Sources(mistakes, PLACES);
        Map<Source, Input> taken = new HashMap<>();
        List<Carrier> carriers = new ArrayList<>();
        entries.forEach((word, entry) -> carrier(word, entry.at()).ifPresent(input -> {
            List<Source> read = sources.readAll(entry.value());
            for (Source source : read) {
                Input other = taken.putIfAbsent(source, input);
                if (other != null && other != input) {
                    mistakes.add(entry.value().spot(), source.text() + " carries " + other.word() + " already");
                }
            }
            carriers.add(new Carrier(input, read));
        }));
        return carriers;
    }

    private Optional<Input> carrier(String word, Spot at) {
        List<String> allowed = Arrays.stream(Input.values())
                .filter(input -> input.role() != Input.Role.PARAMETER)
                .map(Input::word)
                .toList();
        Optional<Input> input = Word.find(Input.class, word).filter(found -> allowed.contains(word));
        if (input.isEmpty()) {
            mistakes.word(at, "input that can be carried", word, allowed);
        }
        return input;
    }

    static Optional<Input> input(Spot at, String word, Mistakes mistakes) {
        Optional<Input> input = Word.find(Input.class, word);
        if (input.isEmpty()) {
            mistakes.word(at, "input", word, Word.all(Input.class));
        }
        return input;
    }
}
