package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.header;
import static dev.gatehouse.server.admin.World.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
    /// Law 5: a broken dependency is never a statement about the caller.
    @Test
    void aDatabaseThatIsGoneIs503(@TempDir Path folder) {
        Installed installed = new Installed(folder.resolve("data"));
        World world = new World(installed);
        assertThat(problem(world.get(world.t1Key, "/v1/organizations"))).isEqualTo("200 ");
        installed.close();
        for (World.Key key : List.of(world.t1Key, world.t2Key)) {
            var reply = world.get(key, "/v1/organizations");
            assertThat(problem(reply)).isEqualTo("503 unavailable");
            assertThat(header(reply, "Retry-After")).hasValue("1");
        }
    }
}
