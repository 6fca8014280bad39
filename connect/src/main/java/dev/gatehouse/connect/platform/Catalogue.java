package dev.gatehouse.connect.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The platforms that connections may name.
public final class Catalogue {
    private static final String FOLDER = "/platforms/";
    private static final String LIST = FOLDER + "list.txt";

    private final Map<String, Platform> byType;

    private Catalogue(Map<String, Platform> byType) {
        this.byType = byType;
    }

    /// Those that come with Gatehouse.
    public static Catalogue shipped() {
        return of(shippedTypes().stream().map(Catalogue::load).toList());
    }

    /// These platforms.
    ///
    /// @throws IllegalArgumentException when two have one type
    public static Catalogue of(Collection<Platform> platforms) {
        Map<String, Platform> byType = new TreeMap<>();
        for (Platform platform : platforms) {
            if (byType.put(platform.type(), platform) != null) {
                throw new IllegalArgumentException("two platforms have the type " + platform.type());
            }
        }
        return new Catalogue(byType);
    }

    /// The platform of this type, spelt exactly so.
    public Optional<Platform> find(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /// All of them, by type.
    public List<Platform> platforms() {
        return List.copyOf(byType.values());
    }

    /// The types of those that come with Gatehouse.
    public static List<String> shippedTypes() {
        return read(LIST).lines().filter(line -> !line.isBlank()).toList();
    }

    /// The file of a platform that comes with Gatehouse.
    public static Optional<String> shippedText(String type) {
        return shippedTypes().contains(type) ? Optional.of(read(FOLDER + type + ".yaml")) : Optional.empty();
    }

    private static Platform load(String type) {
        String file = FOLDER + type + ".yaml";
        return switch (PlatformLoader.load(file, read(file))) {
            case Loaded.Good(Platform platform) when platform.type().equals(type) -> platform;
            case Loaded.Good(Platform platform) ->
                throw new IllegalStateException(file + " says that it is " + platform.type());
            case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
        };
    }

    private static String read(String file) {
        try (InputStream stream = Catalogue.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not in the archive");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
