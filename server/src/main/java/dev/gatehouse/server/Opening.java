package dev.gatehouse.server;

import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.storage.Storage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The store of a node together with the keys that belong to it. Fresh keys are made only for an empty database:
/// for any other they would open nothing.
record Opening(Store store, Custody custody) {
    static Opening of(NodeConfig config, Environment env) {
        // The database tells whether keys may be made, and its audit needs one of them: by then they are there.
        CompletableFuture<MacKey> auditKey = new CompletableFuture<>();
        Storage storage = new Storage(
                bytes -> auditKey.join().mac(bytes),
                env.random(),
                env.clock(),
                env.nanos(),
                TokenStore.Room.DEFAULT,
                env.moments(),
                env.patience());
        Store store = open(config, storage);
        try {
            boolean empty = store.members().root().isEmpty();
            Custody custody = Custody.open(config.keyFile(), empty, env.random());
            auditKey.complete(custody.auditMac());
            return new Opening(store, custody);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /// Refuses a key file that is not the one the database was installed under. Two nodes that start over an
    /// empty database at once draw two: this is called after the installation, which only one of them makes.
    void requireOneKeyFile(Path path) {
        Optional<String> installed = store.keyFile();
        if (installed.isPresent() && !installed.get().equals(custody.installation())) {
            throw new CustodyException("The key file belongs to another installation: " + path + " is of "
                    + custody.installation() + ", the database was installed under " + installed.get()
                    + ". All nodes of an installation need the same key file. Replace this one by a copy from the node"
                    + " that was started first, or from your backup, then start again.");
        }
    }

    private static Store open(NodeConfig config, Storage storage) {
        return switch (config.database()) {
            case NodeConfig.Database.Embedded() -> storage.sqlite(config.data());
            case NodeConfig.Database.PostgreSql postgres ->
                storage.postgresql(postgres.url(), postgres.user(), postgres.password());
        };
    }
}
