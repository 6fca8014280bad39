package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A port of the loopback on which nobody listens. It is held for as long as this is open, so that nobody else
/// begins to: of a port that was free a moment ago nobody knows that.
public final class ClosedPort implements AutoCloseable {
    private final Socket held = new Socket();

    public ClosedPort() {
        try {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its number.
    public int number() {
        return held.getLocalPort();
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
