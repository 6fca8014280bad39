package dev.gatehouse.server;

import dev.gatehouse.oauth.jose.CryptoProviders;

/// What every node loads and takes long, begun while the command line is still being read.
public final class Preload {
    private Preload() {}

    /// Begins, on a thread of its own. Whoever needs it finds it there or waits for it.
    public static void begin() {
        Thread.startVirtualThread(CryptoProviders::choose);
    }
}
