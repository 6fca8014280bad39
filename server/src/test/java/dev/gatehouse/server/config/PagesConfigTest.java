package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How pages look: colours that can be read, a logo that is a picture (GAUNTLET L07).
class PagesConfigTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};

    @TempDir
    Path folder;

    private static Loaded load(String key, String value) {
        return NodeConfig.load(new ConfigSources(Optional.empty(), Map.of(), Map.of(key, value), Set.of()));
    }

    private static NodeConfig.Pages pages(Loaded loaded) {
        return ((Loaded.Good) loaded).config().pages();
    }

    @Test
    void withoutAWordTheyLookLikeGatehouse() {
        NodeConfig.Pages pages = pages(load("log.level", "info"));
        assertThat(pages.name()).isEqualTo("Gatehouse");
        assertThat(pages.accent()).hasToString("#1d5bbf");
        assertThat(pages.accentDark()).hasToString("#8db8ff");
        assertThat(pages.logo()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pages.accent, #000000, true",
        "pages.accent, #1D5BBF, true",
        "pages.accent, #767676, true",
        "pages.accent, #777777, false",
        "pages.accent, #ffffff, false",
        "pages.accent, red, false",
        "pages.accent, #fff, false",
        "pages.accent, '#000000;}body{display:none', false",
        "pages.accent-dark, #ffffff, true",
        "pages.accent-dark, #000000, false"
    })
    void aColourIsOneThatCanBeRead(String key, String value, boolean good) {
        assertThat(load(key, value) instanceof Loaded.Good).isEqualTo(good);
    }

    @Test
    void aLogoIsAPngWhateverItsName() throws IOException {
        Path picture = Files.write(folder.resolve("logo.svg"), PNG);
        assertThat(pages(load("pages.logo", picture.toString()))
                        .logo()
                        .orElseThrow()
                        .toArray())
                .isEqualTo(PNG);
        Path script = Files.writeString(folder.resolve("logo.png"), "<svg onload='alert(1)'/>");
        assertThat(load("pages.logo", script.toString())).isInstanceOf(Loaded.Wrong.class);
        byte[] large = new byte[256 * 1024 + 1];
        System.arraycopy(PNG, 0, large, 0, PNG.length);
        assertThat(load(
                        "pages.logo",
                        Files.write(folder.resolve("large.png"), large).toString()))
                .isInstanceOf(Loaded.Wrong.class);
        assertThat(load("pages.logo", folder.resolve("absent.png").toString())).isInstanceOf(Loaded.Wrong.class);
    }
}
