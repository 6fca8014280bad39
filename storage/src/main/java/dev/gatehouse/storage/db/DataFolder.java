package dev.gatehouse.storage.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// The folder of an embedded database, held by one process at a time and readable by its owner only.
public final class DataFolder implements AutoCloseable {
    private static final String DATA = "gatehouse.db";
    private static final String LOCK = "gatehouse.lock";
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// Where a folder's data is.
    public static Path file(Path folder) {
        return folder.resolve(DATA);
    }

    /// Whether a process has the folder now.
    public static boolean taken(Path folder) throws IOException {
        Path lockFile = folder.resolve(LOCK);
        if (Files.notExists(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return Objects.isNull(lock);
        } catch (OverlappingFileLockException e) {
            return true; // by this process
        }
    }

    /// Takes the folder, making it and an empty data file when they are not there.
    static DataFolder take(Path folder) {
        try {
            Files.createDirectories(folder);
            restrict(folder, OWNER_FOLDER);
            FileChannel channel = FileChannel.open(create(folder.resolve(LOCK)), StandardOpenOption.WRITE);
            return new DataFolder(create(folder.resolve(DATA)), channel, lock(folder, channel));
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " cannot be used", e);
        }
    }

    private static FileLock lock(Path folder, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new Refused("the data folder " + folder + " is open in this process already");
        }
        channel.close();
        throw new Refused("the data folder " + folder + " is in use by another process");
    }

    private static Path create(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        restrict(file, OWNER_FILE);
        return file;
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder could not be given back", e);
        }
    }
}
