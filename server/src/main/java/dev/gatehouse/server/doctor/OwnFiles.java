package dev.gatehouse.server.doctor;

import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The data folder and the key file: whether they can be used, by their owner only.
final class OwnFiles {
    private static final String FOLDER = "data folder";
    private static final String KEY_FILE = "key file";
    private static final long LEAST_SPACE = 256L << 20;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private OwnFiles() {}

    static List<Finding> examine(NodeConfig config) {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.addAll(folder(config.data().toAbsolutePath()));
            findings.add(keyFile(config.keyFile().toAbsolutePath(), config));
        } catch (IOException e) {
            findings.add(Finding.wrong(FOLDER, e.toString(), "make it readable for this user"));
        }
        return findings;
    }

    private static List<Finding> folder(Path folder) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (Files.notExists(folder)) {
            Path above = existing(folder);
            findings.add(
                    Files.isWritable(above)
                            ? Finding.ok(FOLDER, folder + " is not there yet; the first start makes it")
                            : Finding.wrong(
                                    FOLDER,
                                    folder + " is not there and cannot be made",
                                    "make " + above + " writable for this user, or make the folder yourself"));
        } else if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            findings.add(Finding.wrong(
                    FOLDER, folder + " is not a folder that this user may write", "chown it to this user"));
        } else {
            findings.add(owned(FOLDER, folder, "700"));
        }
        long free = Files.getFileStore(existing(folder)).getUsableSpace();
        if (free < LEAST_SPACE) {
            findings.add(Finding.warning(
                    "disk", (free >> 20) + " MiB are free for " + folder, "make room: a full disk stops every change"));
        }
        return findings;
    }

    private static Finding keyFile(Path file, NodeConfig config) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Finding.ok(KEY_FILE, file + " is not there yet; a first start on an empty database makes it");
        }
        if (!Files.isReadable(file)) {
            return Finding.wrong(KEY_FILE, file + " cannot be read by this user", "chown it to this user, mode 600");
        }
        Finding owned = owned(KEY_FILE, file, "600");
        boolean beside = config.database() instanceof NodeConfig.Database.Embedded
                && file.startsWith(config.data().toAbsolutePath());
        return owned.level() == Finding.Level.OK && beside
                ? Finding.ok(KEY_FILE, owned.what() + "; beside the database: keep their backups apart")
                : owned;
    }

    private static Finding owned(String about, Path path, String mode) throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return Finding.ok(about, path.toString());
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.stream().noneMatch(OTHERS::contains)
                ? Finding.ok(about, path + ", for its owner only")
                : Finding.wrong(
                        about,
                        path + " is open to others (" + PosixFilePermissions.toString(permissions) + ")",
                        "chmod " + mode + " " + path);
    }

    private static Path existing(Path path) {
        Path at = path;
        while (Files.notExists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
