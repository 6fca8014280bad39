package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.problem;

import dev.gatehouse.core.http.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The admin API over one installation for the tests of a class, with a [World] of its own for each of them.
abstract class AdminFixture {
    static final String ORGANIZATIONS = "/v1/organizations";

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

    /// What the making of an organization with this body is answered with.
    final String bodied(String body) {
        return problem(world.call(world.t1Key, "POST", ORGANIZATIONS, body));
    }

    /// What a key gets for asking for a key, with more members in its body.
    final String mint(World.Key key, String path, String more) {
        String rest = more.isEmpty() ? "" : "," + more;
        return problem(world.call(key, "POST", path, "{\"kind\":\"api_key\",\"name\":\"k\"" + rest + "}"));
    }
}
