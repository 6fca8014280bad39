package dev.gatehouse.dialect.load;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The dialects that come with Gatehouse.
public final class Shipped {
    /// Their names.
    public static final List<String> NAMES = List.of("data2crm", "inbenta", "infobip", "nomba", "sfs");

    private Shipped() {}

    /// The dialect of this name, when there is one.
    public static Optional<Dialect> find(String name) {
        return NAMES.contains(name) ? Optional.of(load(name)) : Optional.empty();
    }

    /// The file of this name, as it is written, when there is one.
    public static Optional<String> text(String name) {
        return NAMES.contains(name) ? Optional.of(read(file(name))) : Optional.empty();
    }

    /// How tokens are made at an Api of this dialect that does not say it.
    public static TokenPolicy tokens(String name) {
        TokenPolicy preset = TokenPolicy.DEFAULT;
        return find(name)
                .map(dialect -> dialect.tokens().get(Input.ACCESS_TOKEN))
                .map(rule -> new TokenPolicy(
                        rule.format().orElse(preset.format()),
                        preset.algorithm(),
                        rule.life().orElse(preset.life())))
                .orElse(preset);
    }

    private static String file(String name) {
        return "/dialects/" + name + ".yaml";
    }

    private static Dialect load(String name) {
        return switch (DialectLoader.load(file(name), read(file(name)))) {
            case Loaded.Good(Dialect dialect) -> dialect;
            case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
        };
    }

    private static String read(String file) {
        try (InputStream stream = Shipped.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not in the archive");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
