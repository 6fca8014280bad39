package dev.gatehouse.dialect.read;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.InputRules;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Take;
import dev.gatehouse.dialect.model.Word;
import java.util.ArrayList;
import java.util.List;

/// Holds an endpoint's rules against what was read for it, and fills in what it says of what was not sent.
final class Ruling {
    private final Endpoint endpoint;
    private final Shown shown;
    private final List<Fault.Field> wrong = new ArrayList<>();

    private Ruling(Endpoint endpoint, Shown shown) {
        this.endpoint = endpoint;
        this.shown = shown;
    }

    static void keep(Endpoint endpoint, Shown shown) throws Unreadable {
        if (!endpoint.rules().equals(InputRules.NONE)) {
            new Ruling(endpoint, shown).keep();
        }
    }

    private void keep() throws Unreadable {
        InputRules rules = endpoint.rules();
        for (Take take : endpoint.takes()) {
            Input input = take.input();
            List<String> words = rules.words().getOrDefault(input, List.of());
            if (!words.isEmpty() && !words.containsAll(texts(input))) {
                wrong.add(new Fault.Field(name(input), "must be " + list(words)));
            }
        }
        rules.apart().stream()
                .filter(some -> some.stream().filter(this::there).count() > 1)
                .forEach(some -> wrong.add(new Fault.Field(
                        name(some), list(some.stream().map(this::spelt).toList()) + " do not go together")));
        if (!wrong.isEmpty()) {
            throw new Unreadable(Fault.of(RefusalClass.INVALID, wrong));
        }
        for (Take take : endpoint.takes()) {
            String otherwise = rules.otherwise().get(take.input());
            if (otherwise != null && !shown.has(take.input())) {
                shown.put(take.input(), otherwise);
            }
        }
    }

    private List<String> texts(Input input) {
        String text = shown.get(input).map(Secret::reveal).orElse("");
        if (text.isEmpty()) {
            return List.of();
        }
        return input.listed() ? List.of(text.split(" ", -1)) : List.of(text);
    }

    /// An input with something in it, or a word that stands in one.
    private boolean there(String one) {
        return endpoint.takes().stream()
                .map(Take::input)
                .anyMatch(input -> (name(input).equals(one) || input.word().equals(one))
                        ? shown.get(input)
                                .filter(text -> !text.reveal().isEmpty())
                                .isPresent()
                        : input.listed() && texts(input).contains(one));
    }

    /// The first member that one of these is about.
    private String name(List<String> some) {
        return endpoint.takes().stream()
                .map(Take::input)
                .filter(input -> some.contains(input.word())
                        || endpoint.rules().words().getOrDefault(input, List.of()).stream()
                                .anyMatch(some::contains))
                .findFirst()
                .map(this::name)
                .orElse(some.getFirst());
    }

    /// As its sender calls it.
    private String spelt(String one) {
        return Word.find(Input.class, one).map(this::name).orElse(one);
    }

    private String name(Input input) {
        return endpoint.takes().stream()
                .filter(take -> take.input() == input)
                .map(take -> EndpointReader.name(take.sources().getFirst()))
                .findFirst()
                .orElse(input.word());
    }

    private static String list(List<String> words) {
        return String.join(", ", words);
    }
}
