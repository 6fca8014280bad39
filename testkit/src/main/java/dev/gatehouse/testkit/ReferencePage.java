package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of the reference that is made from the code. The committed one must be what the code says; with the
/// system property `gatehouse.write` it is written instead.
public final class ReferencePage {
    private static final String COMMAND =
            "./mvnw -q test -Dtest='*ReferenceTest' -Dsurefire.failIfNoSpecifiedTests=false -Dgatehouse.write=true";

    private ReferencePage() {}

    /// Checks a whole file of `docs/reference`.
    public static void same(String file, String expected) {
        Path path = Path.of("../docs/reference", file);
        try {
            if (Boolean.getBoolean("gatehouse.write")) {
                Files.writeString(path, expected);
            }
            assertThat(Files.exists(path) ? Files.readString(path) : "")
                    .as("%s is out of date; write it with: %s", path, COMMAND)
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Checks what stands between the marks of one section of a page.
    public static void section(String file, String section, String expected) {
        String begin = "<!-- " + section + " -->\n";
        String end = "<!-- end of " + section + " -->\n";
        String page;
        try {
            page = Files.readString(Path.of("../docs/reference", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
        String before = page.substring(0, page.indexOf(begin) + begin.length());
        same(file, before + "\n" + expected + "\n" + page.substring(page.indexOf(end)));
    }
}
