package dev.gatehouse.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong in one file, so that all of it is told at once, in the order of the file.
public final class Mistakes {
    /// The most that are kept: whoever has that many does not read on.
    public static final int MAX = 100;

    private final List<Mistake> found = new ArrayList<>();

    /// Nothing wrong yet.
    public Mistakes() {}

    /// One more.
    public void add(Spot spot, String what) {
        if (found.size() < MAX) {
            found.add(new Mistake(spot, what));
        }
    }

    /// A word that is not one of those allowed there; the nearest of them is proposed.
    ///
    /// @param kind what the word should have been: "key", "operation"
    public void word(Spot spot, String kind, String word, Collection<String> allowed) {
        String proposal = Nearest.to(word, allowed)
                .map(near -> " (did you mean " + near + "?)")
                .orElse("");
        add(spot, "no " + kind + " " + quoted(word) + proposal + "; allowed here: " + list(allowed));
    }

    /// Whether nothing is wrong.
    public boolean none() {
        return found.isEmpty();
    }

    /// All of them, in the order of the file.
    public List<Mistake> all() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(
                                (Mistake mistake) -> mistake.spot().line())
                        .thenComparingInt(mistake -> mistake.spot().column()))
                .toList();
    }

    /// Words as they are listed in a message.
    public static String list(Collection<String> words) {
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    /// A text out of a file as it is said back: in quotes, shortened, without control characters.
    public static String quoted(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        StringBuilder out = new StringBuilder("\"");
        shown.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
        return out.append('"').toString();
    }
}
