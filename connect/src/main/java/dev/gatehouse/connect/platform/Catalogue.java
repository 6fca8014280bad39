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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The platforms that connections may name.
public final class Catalogue {
    private static final String FOLDER = "/platforms/";
    private static final String LIST = FOLDER + "list.txt";

    private final Map<String, Platform> own;
    private final List<String> shipped;
    private final Map<String, Platform> loaded = new ConcurrentHashMap<>();

    private Catalogue(Map<String, Platform> own, List<String> shipped) {
        this.own = own;
        this.shipped = shipped;
    }

    /// Those that come with Gatehouse. Each is read when it is first asked for.
    public static Catalogue shipped() {
        return shippedAnd(List.of());
    }

    /// Those that come with Gatehouse, and these; of two with one type these count.
    ///
    /// @throws IllegalArgumentException when two of these have one type
    public static Catalogue shippedAnd(Collection<Platform> own) {
        return new Catalogue(byType(own), shippedTypes());
    }

    /// These platforms.
    ///
    /// @throws IllegalArgumentException when two have one type
    public static Catalogue of(Collection<Platform> platforms) {
        return new Catalogue(byType(platforms), List.of());
    }

    private static Map<String, Platform> byType(Collection<Platform> platforms) {
        Map<String, Platform> byType = new TreeMap<>();
        for (Platform platform : platforms) {
            if (byType.put(platform.type(), platform) != null) {
                throw new IllegalArgumentException("two platforms have the type " + platform.type());
            }
        }
        return byType;
    }

    /// The platform of this type, spelt exactly so.
    public Optional<Platform> find(String type) {
        return Optional.ofNullable(own.get(type))
                .or(() -> shipped.contains(type)
                        ? Optional.of(loaded.computeIfAbsent(type, Catalogue::load))
                        : Optional.empty());
    }

    /// All of them, by type.
    public List<Platform> platforms() {
        return types().stream().flatMap(type -> find(type).stream()).toList();
    }

    /// The types of all of them. Reads none.
    public List<String> types() {
        return Stream.concat(own.keySet().stream(), shipped.stream())
                .distinct()
                .sorted()
                .toList();
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
