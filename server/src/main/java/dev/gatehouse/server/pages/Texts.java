package dev.gatehouse.server.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What pages say, in one language.
record Texts(Locale locale, Map<String, String> all) {
    private static final int MAX_ARGUMENT = 200;

    /// Keeps a copy.
    Texts {
        all = Map.copyOf(all);
    }

    /// Those of a file beside this class.
    static Texts read(Locale locale, String file) {
        Properties read = new Properties();
        try (InputStream in = Texts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key)));
        return new Texts(locale, all);
    }

    /// The language for `lang`.
    String language() {
        return locale.toLanguageTag();
    }

    /// One text, its arguments where it says `{0}`, `{1}`.
    String of(String key, String... arguments) {
        String text = all.getOrDefault(key, key);
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", plain(arguments[i]));
        }
        return text;
    }

    /// A name that somebody chose, without characters that change how the text around it is read or shown
    /// (GAUNTLET L07), and no longer than it should be.
    static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(MAX_ARGUMENT)
                .forEach(plain::appendCodePoint);
        return plain.toString().replace("{", "(").replace("}", ")");
    }

    /// A moment for people, in the one time zone that all of them can convert from. The pattern has numbers only:
    /// names of months would need the locale data of the JDK, which a server does without.
    String moment(Instant at) {
        return DateTimeFormatter.ofPattern(of("account.moment"), locale)
                .withZone(ZoneOffset.UTC)
                .format(at);
    }
}
