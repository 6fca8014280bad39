package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Dialect;
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

    private static Dialect load(String name) {
        String file = "/dialects/" + name + ".yaml";
        try (InputStream stream = Shipped.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not in the archive");
            }
            return switch (DialectLoader.load(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8))) {
                case Loaded.Good(Dialect dialect) -> dialect;
                case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
