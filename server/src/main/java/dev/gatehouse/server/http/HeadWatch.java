package dev.gatehouse.server.http;

import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// Ends connections whose next head has begun and does not come to its end in time (slowloris, GAUNTLET M04). The
/// HTTP server itself only notices silence.
final class HeadWatch implements Connection.Listener {
    private static final String KEY = "dev.gatehouse.head";

    /// What is known about one connection between two requests.
    private static final class State {
        private boolean busy;
        private boolean begun;
        private long bytes;
        private long since;

        synchronized void busy() {
            busy = true;
            begun = false;
        }

        synchronized void idle(long bytesIn) {
            busy = false;
            begun = false;
            bytes = bytesIn;
        }

        synchronized boolean late(long bytesIn, long nanos, long limit) {
            if (busy || bytesIn == bytes) {
                return false;
            }
            if (!begun) {
                begun = true;
                since = nanos;
            }
            return nanos - since > limit;
        }
    }

    private final long limitNanos;

    HeadWatch(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData http) {
            http.setAttribute(KEY, new State());
        }
    }

    /// Marks the connection as busy until the exchange is over.
    static Callback busy(Request request, Callback callback) {
        ConnectionMetaData http = request.getConnectionMetaData();
        if (!(http.getAttribute(KEY) instanceof State state)) {
            return callback;
        }
        state.busy();
        Connection connection = http.getConnection();
        return new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                state.idle(connection.getBytesIn());
                super.succeeded();
            }

            @Override
            public void failed(Throwable failure) {
                state.idle(connection.getBytesIn());
                super.failed(failure);
            }
        };
    }

    void sweep(Connector connector, long nanos) {
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection connection = endPoint.getConnection();
            if (connection instanceof ConnectionMetaData http
                    && http.getAttribute(KEY) instanceof State state
                    && state.late(connection.getBytesIn(), nanos, limitNanos)) {
                endPoint.close();
            }
        }
    }
}
