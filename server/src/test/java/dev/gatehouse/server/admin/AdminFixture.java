package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The admin API over one installation for the tests of a class, with a [World] of its own for each of them.
abstract class AdminFixture {
    @TempDir
    static Path folder;

    static Installed installed;

    final World world = new World(installed);

    @BeforeAll
    static void install() {
        installed = new Installed(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    /// A request of the first tenant's owner.
    final Reply call(String method, String target, String body) {
        return world.call(world.t1Key, method, target, body);
    }
}
