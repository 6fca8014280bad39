package dev.gatehouse.server.config;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.server.config.NodeConfig.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Reads how pages look. A logo is looked at once, at the start, and is a PNG whatever its name says: other kinds
/// of pictures can hold scripts (GAUNTLET L07).
final class PagesReader {
    private static final int MAX_LOGO_BYTES = 256 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private PagesReader() {}

    static Pages read(ConfigValues values) {
        return new Pages(
                values.get(Keys.PAGES_NAME).orElse(""),
                values.get(Keys.PAGES_ACCENT).orElse(Colour.WHITE),
                values.get(Keys.PAGES_ACCENT_DARK).orElse(Colour.NIGHT),
                values.get(Keys.PAGES_LOGO).flatMap(path -> logo(path, values)));
    }

    private static Optional<Bytes> logo(Path path, ConfigValues values) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_LOGO_BYTES + 1);
            if (bytes.length <= MAX_LOGO_BYTES && Arrays.mismatch(bytes, PNG) == PNG.length) {
                return Optional.of(Bytes.of(bytes));
            }
            values.mistake(Keys.PAGES_LOGO.name(), "the file is no PNG of at most " + MAX_LOGO_BYTES + " bytes");
        } catch (IOException e) {
            values.mistake(
                    Keys.PAGES_LOGO.name(),
                    "the file cannot be read: " + e.getClass().getSimpleName());
        }
        return Optional.empty();
    }
}
