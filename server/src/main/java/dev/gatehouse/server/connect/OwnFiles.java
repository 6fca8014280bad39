package dev.gatehouse.server.connect;

import dev.gatehouse.connect.platform.Catalogue;
import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.connect.refresh.PlatformClient;
import dev.gatehouse.connect.refresh.PlatformClients;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.yaml.Mistake;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The operator's own files about platforms.
final class OwnFiles {
    private static final int MAX_PLATFORMS = 500;
    private static final int MAX_BYTES = YamlReader.MAX_LENGTH;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private OwnFiles() {}

    /// The shipped platforms and those of a folder.
    ///
    /// @throws ConnectException when a file cannot be used
    static Catalogue catalogue(Optional<Path> folder) {
        List<Platform> own = new ArrayList<>();
        folder.map(OwnFiles::files).orElse(List.of()).forEach(file -> {
            switch (PlatformLoader.load(file.toString(), text(file))) {
                case Loaded.Good(Platform platform) -> own.add(platform);
                case Loaded.Wrong(var mistakes) -> throw wrong(mistakes);
            }
        });
        try {
            return Catalogue.shippedAnd(own);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(folder.orElseThrow() + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MAX_PLATFORMS + 1L)
                    .toList();
            if (found.size() > MAX_PLATFORMS) {
                throw new ConnectException(folder + " has more than " + MAX_PLATFORMS + " platform files");
            }
            return found;
        } catch (IOException e) {
            throw new ConnectException("The folder of platform files " + folder + " cannot be read.", e);
        }
    }

    /// The operator's clients.
    ///
    /// @throws ConnectException when the file cannot be used
    static PlatformClients clients(Optional<Path> file, Catalogue platforms) {
        Map<String, PlatformClient> clients =
                file.map(path -> clients(path, platforms)).orElse(Map.of());
        return type -> Optional.ofNullable(clients.get(type));
    }

    private static Map<String, PlatformClient> clients(Path file, Catalogue platforms) {
        refuseOpen(file);
        Mistakes mistakes = new Mistakes();
        Map<String, PlatformClient> clients = new HashMap<>();
        YamlReader.read(file.toString(), text(file), mistakes)
                .ifPresent(mapping -> mapping.entries().forEach((type, entry) -> {
                    if (platforms.find(type).isEmpty()) {
                        mistakes.add(entry.at(), "there is no platform " + Mistakes.quoted(type));
                    }
                    client(entry.value())
                            .ifPresentOrElse(
                                    client -> clients.put(type, client),
                                    () -> mistakes.add(
                                            entry.value().spot(),
                                            "a client is a mapping of id and secret, both texts"));
                }));
        if (!mistakes.none()) {
            throw wrong(mistakes.all());
        }
        return clients;
    }

    private static Optional<PlatformClient> client(Node node) {
        if (node instanceof Node.Mapping(var _, Map<String, Node.Entry> entries)
                && entries.keySet().equals(Set.of("id", "secret"))) {
            return word(entries, "id")
                    .flatMap(id -> word(entries, "secret").map(secret -> new PlatformClient(id, Secret.of(secret))));
        }
        return Optional.empty();
    }

    private static Optional<String> word(Map<String, Node.Entry> entries, String key) {
        return Optional.ofNullable(entries.get(key))
                .flatMap(entry -> switch (entry.value()) {
                    case Node.Text(var _, String text) -> Optional.of(text);
                    case Node.Numeral(var _, String digits) -> Optional.of(digits);
                    case Node.Mapping _, Node.Sequence _, Node.Flag _, Node.Nothing _ -> Optional.empty();
                })
                .filter(text -> !text.isEmpty());
    }

    /// @throws ConnectException when a file of secrets is for others to read
    static void refuseOpen(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new ConnectException(file + " can be read by other users; take that away: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new ConnectException("The file " + file + " cannot be read.", e);
        }
    }

    static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConnectException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConnectException(file + " cannot be read as UTF-8 text.", e);
        }
    }

    private static ConnectException wrong(List<Mistake> mistakes) {
        return new ConnectException(String.join(
                System.lineSeparator(), mistakes.stream().map(Mistake::toString).toList()));
    }
}
