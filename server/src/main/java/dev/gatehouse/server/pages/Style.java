package dev.gatehouse.server.pages;

import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// The style sheet of all pages: ours, with the provider's colours in front. Its address changes with it, so
/// browsers may keep it.
record Style(String css) {
    private static final int DIGEST_BYTES = 8;

    static Style of(NodeConfig.Pages look) {
        return new Style(":root{--accent:%s}\n@media (prefers-color-scheme:dark){:root{--accent:%s}}\n"
                        .formatted(look.accent(), look.accentDark())
                + read("style.css"));
    }

    /// A picture for the tab of a browser, in the provider's colour.
    static String icon(NodeConfig.Pages look) {
        return read("icon.svg").replace("ACCENT", look.accent().toString());
    }

    /// What lets a browser make and show keys. Pages do without it otherwise.
    static String script() {
        return read("passkey.js");
    }

    /// Where that is: another address for another text, so that no browser runs one of before.
    static String scriptPath() {
        return Paths.SCRIPTS + "passkey-" + digest(script()) + ".js";
    }

    /// What that is, as pages say beside its address (Subresource Integrity section 3.5).
    static String scriptIntegrity() {
        return "sha256-" + Base64.getEncoder().encodeToString(sha256(script()));
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, DIGEST_BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
