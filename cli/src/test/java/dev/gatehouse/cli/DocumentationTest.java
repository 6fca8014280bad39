package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What can be said of all pages and comments together.
class DocumentationTest {
    private static final Path HOME = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern CITED = Pattern.compile("GAUNTLET ((?:[A-O]\\d\\d(?:-[A-O]\\d\\d|, | and )?)+)");
    private static final Pattern CASE = Pattern.compile("[A-O]\\d\\d");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:#]+)(#[^)\\s]*)?\\)");
    private static final Pattern METRIC = Pattern.compile("gatehouse_[a-z_]+");

    @Test
    void everyCaseThatTheCodeNamesIsDescribed() {
        String page = read(HOME.resolve("docs/cases.md"));
        Set<String> missing = new TreeSet<>();
        int cited = 0;
        for (String source : contents(".java")) {
            for (Matcher cites = CITED.matcher(source); cites.find(); ) {
                for (Matcher one = CASE.matcher(cites.group(1)); one.find(); cited++) {
                    if (!page.contains("\n| " + one.group() + " | ")) {
                        missing.add(one.group());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(cited).isGreaterThan(100);
    }

    @Test
    void everyLinkLeadsSomewhere() {
        Map<Path, Set<String>> dead = new TreeMap<>();
        for (Path page : files(".md")) {
            for (Matcher link = LINK.matcher(read(page)); link.find(); ) {
                Path to = page.resolveSibling(link.group(1));
                if (!Files.exists(to)) {
                    dead.computeIfAbsent(page, _ -> new TreeSet<>()).add(link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void nothingWasMergedByHalves() {
        assertThat(Stream.of(".md", ".java", ".yaml", ".xml", ".sql", ".json")
                        .flatMap(ending -> files(ending).stream())
                        .filter(file -> read(file).lines().anyMatch(line -> line.matches("(<{7}|>{7}) .*"))))
                .isEmpty();
    }

    @Test
    void alertsAreAboutMetricsThatThereAre() {
        Set<String> known = metrics("docs/reference/metrics.md");
        Set<String> used = metrics("docs/reference/alerts.yaml").stream()
                .map(name -> name.replaceFirst("_seconds_(bucket|count|sum)$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).isNotEmpty().isSubsetOf(known);
    }

    private static Set<String> metrics(String page) {
        return METRIC.matcher(read(HOME.resolve(page)))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> contents(String ending) {
        return files(ending).stream().map(DocumentationTest::read).toList();
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(HOME)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(Predicate.not(DocumentationTest::foreign))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean foreign(Path file) {
        for (Path part : file) {
            if (NOT_OURS.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
