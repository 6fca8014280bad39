package dev.gatehouse.dialect.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `*.http` file: a request, and below lines that begin with `###` what is read (`### reads issue` and one line
/// for each input), how it ends (`### result bad-credential`; it succeeds without such a line, or with `### result
/// revealed`) and the reply (`### reply 200`, header fields, an empty line, JSON with placeholders).
/// `docs/guides/dialects.md` shows some.
///
/// @param request everything above the first `###`
/// @param sections what follows
record GoldenFile(Part request, List<Section> sections) {
    /// Lines up to the first empty one, and the rest; JSON alone has no lines before it.
    record Part(List<String> lines, String body) {}

    /// One `### word rest` and what stands below it.
    record Section(String word, String rest, Part part) {}

    private static final String MARK = "### ";

    /// Reads a text. Lines that begin with `# ` before the request are comments.
    static GoldenFile parse(String text) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> heads = new ArrayList<>();
        blocks.add(new ArrayList<>());
        text.lines().forEach(line -> {
            if (line.startsWith(MARK)) {
                heads.add(line.substring(MARK.length()).strip());
                blocks.add(new ArrayList<>());
            } else if (!(blocks.size() == 1 && line.startsWith("# "))) {
                blocks.getLast().add(line);
            }
        });
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            String[] words = heads.get(i).split(" ", 2);
            sections.add(new Section(words[0], words.length == 2 ? words[1].strip() : "", part(blocks.get(i + 1))));
        }
        return new GoldenFile(part(blocks.getFirst()), List.copyOf(sections));
    }

    private static Part part(List<String> block) {
        int from = 0;
        while (from < block.size() && block.get(from).isBlank()) {
            from++;
        }
        if (from < block.size()
                && (block.get(from).startsWith("{") || block.get(from).startsWith("["))) {
            return new Part(
                    List.of(),
                    String.join("\n", block.subList(from, block.size())).strip());
        }
        int gap = from;
        while (gap < block.size() && !block.get(gap).isBlank()) {
            gap++;
        }
        String body = String.join("\n", block.subList(Math.min(gap + 1, block.size()), block.size()));
        return new Part(List.copyOf(block.subList(from, gap)), body.strip());
    }

    Optional<Section> section(String word) {
        return sections.stream().filter(section -> section.word().equals(word)).findFirst();
    }
}
