package dev.gatehouse.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The texts of pages: whole in every language, and none that nobody says.
class TextsTest {
    private static final List<Texts> ALL = Languages.shipped().offered();
    private static final Pattern SAID = Pattern.compile("\"([a-z]+(?:-[a-z]+)*\\.[a-z]+(?:-[a-z]+)*)\"");

    @Test
    void everyLanguageSaysTheSameThings() {
        for (Texts texts : ALL) {
            assertThat(texts.all().keySet()).isEqualTo(ALL.getFirst().all().keySet());
            texts.all()
                    .forEach((key, text) -> assertThat(places(text))
                            .as("%s in %s", key, texts.language())
                            .isEqualTo(places(ALL.getFirst().of(key))));
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{.}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsSaidIsThereAndNothingElse() throws IOException {
        Set<String> said = new TreeSet<>();
        for (Path folder : List.of(Path.of("src/main/jte"), Path.of("src/main/java/dev/gatehouse/server/pages"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    SAID.matcher(Files.readString(file)).results().forEach(found -> said.add(found.group(1)));
                }
            }
        }
        said.removeIf(key ->
                key.endsWith(".css") || key.endsWith(".svg") || key.endsWith(".js") || key.endsWith(".properties"));
        assertThat(said).isEqualTo(new TreeSet<>(ALL.getFirst().all().keySet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Shop | Allow Shop?",
                "a\u202Eb\u2066c\u200Fd | Allow abcd?",
                "line\u0007break | Allow linebreak?",
                "{0}{1} | Allow (0)(1)?"
            })
    void aNameChangesNothingAroundIt(String name, String said) {
        assertThat(ALL.getFirst().of("consent.title", name)).isEqualTo(said);
    }

    @Test
    void everyLanguageWritesAMomentInItsOwnWay() {
        Instant moment = Instant.parse("2026-03-04T15:06:07Z");
        assertThat(ALL)
                .extracting(texts -> texts.moment(moment))
                .containsExactly("2026-03-04 15:06 UTC", "04.03.2026 15:06 UTC");
    }

    @Test
    void aNameIsNoLongerThanAPageCanBear() {
        assertThat(Texts.plain("x".repeat(10_000))).hasSize(200);
    }
}
