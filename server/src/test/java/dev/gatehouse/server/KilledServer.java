package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;

/// A server in a process of its own, to be killed. Prints the ports of its listeners and the bootstrap key.
public final class KilledServer {
    private KilledServer() {}

    /// Serves the folder that the first argument names; the second one is more configuration.
    public static void main(String[] args) throws IOException, InterruptedException {
        Gatehouse gatehouse =
                Gatehouse.start(RunningServer.configWith(Path.of(args[0]), args[1]), Environment.ofSystem());
        System.out.println("started " + gatehouse.port("admin") + " " + gatehouse.port("orders") + " "
                + gatehouse.port("parcels") + " "
                + gatehouse.bootstrapKey().map(Secret::reveal).orElse("none"));
        Thread.currentThread().join();
    }
}
