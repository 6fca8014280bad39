package dev.gatehouse.storage;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.testkit.contract.Nouns;
import java.nio.file.Path;

/// A process that writes from four threads until it is killed and prints each `client_id` after its write was
/// acknowledged.
public final class Acknowledger {
    private Acknowledger() {}

    /// Writes into the data folder that the only argument names.
    public static void main(String[] args) {
        Store store = TestKeys.storage().sqlite(Path.of(args[0]));
        Nouns nouns = new Nouns(2);
        Installation installation = nouns.installation();
        store.install(installation, nouns.act());
        for (int writer = 0; writer < 4; writer++) {
            String name = "w" + writer + "-";
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    Application application =
                            nouns.application(installation.root().id(), name + i);
                    if (store.members().add(application, nouns.act()) instanceof Stored.Done) {
                        System.out.println(application.clientId());
                    }
                }
            });
        }
    }
}
