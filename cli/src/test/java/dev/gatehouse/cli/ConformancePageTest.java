package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every test that `docs/reference/conformance.md` names is one: what a row says is shown by something.
class ConformancePageTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("([A-Z]\\w*(?:Test|Contract))(?:\\.(\\w+))?");

    /// What is a class of tests, or a method of one whose class is left out.
    private static final Pattern MEANT = Pattern.compile(".*(Test|Contract)\\b.*|[a-z][a-z0-9]*([A-Z][a-z0-9]*)+");

    /// The sources of tests by the names of their classes; one name may be in two modules.
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(HOME)) {
            for (Path module : modules.filter(Files::isDirectory).toList()) {
                for (Path from : List.of(module.resolve("src/test/java"), module.resolve("src/main/java"))) {
                    read(from, sources);
                }
            }
        }
        return sources;
    }

    private static void read(Path from, Map<String, String> sources) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (name.endsWith("Test") || name.endsWith("Contract")) {
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
    }

    private static boolean there(String text, Map<String, String> sources) {
        Matcher name = NAME.matcher(text);
        return name.matches()
                && sources.containsKey(name.group(1))
                && (name.group(2) == null || sources.get(name.group(1)).contains(" void " + name.group(2) + "("));
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        boolean shown = false;
        for (String line : Files.readAllLines(HOME.resolve("docs/reference/conformance.md"))) {
            shown = line.startsWith("|") && (shown || line.endsWith("| shown by |"));
            if (!shown) {
                continue;
            }
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            for (Matcher code = CODE.matcher(cells[cells.length - 2]); code.find(); ) {
                boolean meant = MEANT.matcher(code.group(1)).matches();
                named += meant ? 1 : 0;
                if (meant && !there(code.group(1), sources)) {
                    missing.add(code.group(1) + " in " + line);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(300);
    }
}
