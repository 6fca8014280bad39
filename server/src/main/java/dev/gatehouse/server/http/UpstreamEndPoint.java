package dev.gatehouse.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A connection to an upstream, as the HTTP client sees it.
///
/// The client throws bytes away that follow a whole answer, and keeps the connection. This end point tells it
/// then that the stream has ended, so that the connection is not used again (GAUNTLET K08). Bytes inside TLS are
/// not looked at.
///
/// The client sets another idle timeout at the begin and at the end of each call. Here that costs no timer: one
/// runs per connection, at least as often as an unused connection may be idle.
final class UpstreamEndPoint extends SocketChannelEndPoint {
    private final Turns turns;
    private final long unusedMillis;
    private volatile long idleMillis;
    private @Nullable ByteBuffer filled;
    private int end;

    UpstreamEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            Turns turns,
            Duration unused) {
        super(channel, selector, key, scheduler);
        this.turns = turns;
        this.unusedMillis = unused.toMillis();
    }

    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        return task == null ? null : turns.turn(task);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (surplus()) {
            return -1;
        }
        int count = super.fill(buffer);
        boolean plain = count > 0 && !(getConnection() instanceof SslConnection);
        filled = plain ? buffer : null;
        end = plain ? buffer.limit() : 0;
        return count;
    }

    /// Whether bytes were left behind a whole answer. From here on the buffer may be the pool's again, which empties
    /// it at any moment, so it is not looked at any more: the connection may serve the next call by then.
    boolean endsWithSurplus() {
        boolean surplus = surplus();
        filled = null;
        return surplus;
    }

    /// Whether bytes were left of the last ones that came in, which the client has thrown away or not looked at.
    private boolean surplus() {
        return filled != null && (filled.position() != end || filled.limit() != end);
    }

    @Override
    public long getIdleTimeout() {
        return idleMillis;
    }

    @Override
    public void setIdleTimeout(long millis) {
        boolean first = idleMillis == 0;
        idleMillis = millis;
        if (first) {
            super.setIdleTimeout(millis);
        }
    }

    @Override
    protected long checkIdleTimeout() {
        long left = super.checkIdleTimeout();
        return left < 0 ? left : left == 0 ? unusedMillis : Math.min(left, unusedMillis);
    }
}
