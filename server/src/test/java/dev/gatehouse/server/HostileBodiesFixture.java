package dev.gatehouse.server;

import dev.gatehouse.server.ApiDocument.Operation;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server with one thing of each kind, for bodies that no operation of the OpenAPI document takes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileBodiesFixture {
    @TempDir
    static Path folder;

    RunningServer server;
    Requests requests;
    Estate estate;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        requests = Requests.to(server);
        estate = Estate.below(server, Estate.provider(server).organization(), "customer")
                .withSession()
                .withApi()
                .withProvider();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    List<Operation> writes() {
        return requests.document().writes();
    }
}
