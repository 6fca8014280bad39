package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;

/// A server in a process of its own, to be killed. Prints the ports of its listeners and the bootstrap key.
public final class KilledServer {
    private KilledServer() {}

    /// Serves the folder that the only argument names.
    public static void main(String[] args) throws IOException, InterruptedException {
        Gatehouse gatehouse = Gatehouse.start(RunningServer.config(Path.of(args[0])), Environment.ofSystem());
        System.out.println("started " + gatehouse.port("admin") + " " + gatehouse.port("orders") + " "
                + gatehouse.port("parcels") + " "
                + gatehouse.bootstrapKey().map(Secret::reveal).orElse("none"));
        Thread.currentThread().join();
    }
}
