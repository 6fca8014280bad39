package dev.gatehouse.oauth.custody;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Reading and writing the key file: for the owner's eyes only, written once and durably.
final class KeyFiles {
    private static final long MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

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

    /// Writes a new file; never over one that is there.
    static void write(Path path, KeyFile file) {
        FileAttribute<?>[] attributes = posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(
                path, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer content = ByteBuffer.wrap(file.content());
            while (content.hasRemaining()) {
                var _ = channel.write(content);
            }
            channel.force(true);
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

    private static CustodyException damaged(Path path) {
        return new CustodyException(
                "The key file " + path
                        + " is damaged or is not a key file. Restore it from your backup; without it nothing encrypted can be read.");
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
