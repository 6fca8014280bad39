package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The native part of SQLite, loaded from a file that is gone again at once. The driver by itself compares what it
/// has unpacked byte by byte, a twentieth of a start, and leaves a file behind whenever a process is killed.
final class SqliteLibrary {
    private static final String PATH = "org.sqlite.lib.path";

    private static boolean loaded;

    private SqliteLibrary() {}

    /// Loads it, unless the operator has told the driver where it is.
    static synchronized void load() {
        if (loaded || System.getProperty(PATH) != null || !removable()) {
            return;
        }
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed != null) { // else the driver says what it lacks
                load(packed);
                loaded = true;
            }
        } catch (IOException e) {
            throw new FactsUnavailable("the native library of SQLite cannot be unpacked", e);
        }
    }

    /// Not everywhere can a file go that is in use.
    private static boolean removable() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void load(InputStream packed) throws IOException {
        // Nobody else can write into such a folder, or read it.
        Path folder = Files.createTempDirectory("gatehouse-sqlite");
        Path file = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        try {
            Files.copy(packed, file);
            System.setProperty(PATH, folder.toString());
            SQLiteJDBCLoader.initialize();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            System.clearProperty(PATH);
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
