package dev.gatehouse.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/// The folder that a node without an SMTP server puts letters into, watched.
final class Mailbox implements AutoCloseable {
    private final Path folder;
    private final WatchService watch;
    private final Deque<Path> arrived = new ArrayDeque<>();

    /// @param data the node's
    Mailbox(Path data) throws IOException {
        this.folder = Files.createDirectories(data.resolve("mail"));
        this.watch = folder.getFileSystem().newWatchService();
        var _ = folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    /// The next letter.
    Path next() throws IOException, InterruptedException {
        while (arrived.isEmpty()) {
            WatchKey key = watch.poll(60, TimeUnit.SECONDS);
            if (key == null) {
                throw new AssertionError("no letter has come");
            }
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name && name.toString().endsWith(".eml")) {
                    arrived.add(folder.resolve(name));
                }
            }
            key.reset();
        }
        return arrived.removeFirst();
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
