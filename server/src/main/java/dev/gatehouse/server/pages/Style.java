package dev.gatehouse.server.pages;

import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The style sheet of all pages: ours, with the provider's colours in front. Its address changes with it, so
/// browsers may keep it.
record Style(String css) {
    static Style of(NodeConfig.Pages look) {
        return new Style(":root{--accent:%s}\n@media (prefers-color-scheme:dark){:root{--accent:%s}}\n"
                        .formatted(look.accent(), look.accentDark())
                + read("style.css"));
    }

    /// A picture for the tab of a browser, in the provider's colour.
    static String icon(NodeConfig.Pages look) {
        return read("icon.svg").replace("ACCENT", look.accent().toString());
    }

    private static String read(String file) {
        try (InputStream in = Style.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return Paths.STYLE + "?v=" + String.format(Locale.ROOT, "%08x", css.hashCode());
    }
}
