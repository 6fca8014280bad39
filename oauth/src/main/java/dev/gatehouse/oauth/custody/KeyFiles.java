package dev.gatehouse.oauth.custody;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Reading and writing the key file: for the owner's eyes only, written whole and durably.
final class KeyFiles {
    private static final long MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private KeyFiles() {}

    static KeyFile read(Path path) {
        try {
            if (posix(path)) {
                Set<PosixFilePermission> others = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
                others.retainAll(Files.getPosixFilePermissions(path));
                if (!others.isEmpty()) {
                    throw new CustodyException(
                            "The key file " + path + " can be used by others than its owner. Run: chmod 600 " + path);
                }
            }
            if (Files.size(path) > MAX_BYTES) {
                throw damaged(path);
            }
            return KeyFile.parse(Files.readAllBytes(path)).orElseThrow(() -> damaged(path));
        } catch (IOException e) {
            throw new CustodyException(
                    "The key file " + path + " cannot be read (" + e.getMessage()
                            + "). Make it readable for the user that Gatehouse runs as.",
                    e);
        }
    }

    /// Writes a new file, never over one that is there. It has its name only when all of it is on the disk, so
    /// that a crash leaves a whole key file or none.
    static void write(Path path, KeyFile file) {
        Path folder = path.toAbsolutePath().resolveSibling("").normalize();
        try {
            Files.createDirectories(folder, posix(path) ? owned(OWNER_FOLDER) : new FileAttribute<?>[0]);
            Path whole = Files.createTempFile(
                    folder,
                    path.getFileName() + ".",
                    ".new",
                    posix(path) ? owned(OWNER_ONLY) : new FileAttribute<?>[0]);
            try {
                writeDurably(whole, ByteBuffer.wrap(file.content()));
                name(whole, path);
            } finally {
                boolean _ = Files.deleteIfExists(whole);
            }
            if (posix(path)) {
                sync(folder);
            }
        } catch (FileAlreadyExistsException e) {
            throw new CustodyException(
                    "The key file " + path + " appeared while it was being created. Start again.", e);
        } catch (IOException e) {
            throw new CustodyException(
                    "The key file " + path + " cannot be written (" + e.getMessage()
                            + "). Give the user that Gatehouse runs as a data folder it can write.",
                    e);
        }
    }

    /// Writes over the file that is there, whole: whoever reads it sees the old content or the new one. Its owner
    /// stays who it was.
    static void replace(Path path, KeyFile file) {
        try {
            Path there = path.toRealPath();
            Path folder = there.resolveSibling("");
            Path whole = Files.createTempFile(
                    folder,
                    there.getFileName() + ".",
                    ".new",
                    posix(there) ? owned(OWNER_ONLY) : new FileAttribute<?>[0]);
            try {
                if (!Files.getOwner(whole).equals(Files.getOwner(there))) {
                    Files.setOwner(whole, Files.getOwner(there));
                }
                writeDurably(whole, ByteBuffer.wrap(file.content()));
                Files.move(whole, there, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                boolean _ = Files.deleteIfExists(whole);
            }
            if (posix(there)) {
                sync(folder);
            }
        } catch (IOException e) {
            throw new CustodyException(
                    "The key file " + path + " cannot be replaced (" + e.getMessage()
                            + "). Run this as the user that Gatehouse runs as, where its folder can be written.",
                    e);
        }
    }

    private static FileAttribute<?>[] owned(Set<PosixFilePermission> permissions) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static void writeDurably(Path file, ByteBuffer content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                var _ = channel.write(content);
            }
            channel.force(true);
        }
    }

    /// A second name fails where a renaming would replace what is there; renaming is for file systems without
    /// links.
    private static void name(Path whole, Path path) throws IOException {
        try {
            Files.createLink(path, whole);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(whole, path);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static CustodyException damaged(Path path) {
        return new CustodyException(
                "The key file " + path
                        + " is damaged or is not a key file. Restore it from your backup; without it nothing encrypted can be read.");
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
