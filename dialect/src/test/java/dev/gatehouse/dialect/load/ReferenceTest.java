package dev.gatehouse.dialect.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path FILE = Path.of("../docs/reference/dialect.md");

    /// Rewrites the file with `-Dgatehouse.write=true`.
    @Test
    void theReferenceIsWhatTheLoaderReads() throws IOException {
        if (Boolean.getBoolean("gatehouse.write")) {
            Files.writeString(FILE, Reference.text());
        }
        assertThat(FILE).content().isEqualTo(Reference.text());
    }
}
