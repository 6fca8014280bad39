package dev.gatehouse.dialect.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.read.DialectReader;
import dev.gatehouse.dialect.read.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The dialects that come with Gatehouse: they load, and their golden files hold.
class ShippedTest {
    static final List<String> NAMES = Shipped.NAMES;

    private static final Path FOLDER = Path.of("src/main/resources/dialects");

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyGoldenFileHolds(String name) throws IOException {
        var dialect = Shipped.find(name).orElseThrow();
        var wrong = new ArrayList<String>();
        var files = golden(name);
        for (var file : files) {
            GoldenRun.run(dialect, Files.readString(file)).forEach(what -> wrong.add(file.getFileName() + ": " + what));
        }
        assertThat(wrong).isEmpty();
        assertThat(files).isNotEmpty();
    }

    /// One in which it succeeds, for each endpoint rather than for each operation.
    @ParameterizedTest
    @FieldSource("NAMES")
    void everyEndpointOfTheFileHasAGoldenFile(String name) throws IOException {
        var dialect = Shipped.find(name).orElseThrow();
        var asked = new TreeSet<String>();
        for (var file : golden(name)) {
            var golden = GoldenFile.parse(Files.readString(file));
            var succeeds = golden.section("reply")
                    .filter(reply -> reply.rest().matches("[23].*"))
                    .isPresent();
            if (succeeds
                    && new DialectReader(dialect).read(RecordedRequest.read(golden.request()))
                            instanceof Reading.Asked(Endpoint endpoint, var _)) {
                asked.add(endpoint.text());
            }
        }
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(dialect.endpoints().stream()
                        .map(Endpoint::text)
                        .distinct()
                        .toList());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void theFileStaysShort(String name) throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve(name + ".yaml")))
                .hasSizeLessThan(120)
                .allMatch(line -> line.length() <= 140);
    }

    private static List<Path> golden(String name) throws IOException {
        try (var files = Files.list(FOLDER.resolve(name))) {
            return files.sorted().toList();
        }
    }
}
