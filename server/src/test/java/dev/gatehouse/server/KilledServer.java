package dev.gatehouse.server;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Moments.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A server in a process of its own, to be killed. Prints the ports of its listeners and the bootstrap key. Once
/// there is a file `kill` in its folder, it ends before the next commit, as good as by SIGKILL.
public final class KilledServer {
    private KilledServer() {}

    /// Serves the folder that the first argument names; the second one is more configuration.
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Environment environment = new Environment(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                moment -> reached(moment, folder),
                RunningServer::addresses,
                RunningServer.DATABASE);
        Gatehouse gatehouse = Gatehouse.start(RunningServer.configWith(folder, args[1]), environment);
        System.out.println("started " + gatehouse.port("admin") + " " + gatehouse.port("orders") + " "
                + gatehouse.port("parcels") + " "
                + gatehouse.bootstrapKey().map(Secret::reveal).orElse("none"));
        Thread.currentThread().join();
    }

    private static void reached(Moment moment, Path folder) {
        if (moment == Moment.BEFORE_COMMIT && Files.exists(folder.resolve("kill"))) {
            Runtime.getRuntime().halt(137);
        }
    }
}
