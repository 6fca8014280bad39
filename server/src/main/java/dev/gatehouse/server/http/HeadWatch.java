package dev.gatehouse.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// Ends connections whose handshake or next head has begun and does not come to its end in time (slowloris,
/// GAUNTLET M04). The HTTP server itself only notices silence. In HTTP/2 other frames than heads come at any
/// time, so there it ends connections without a request on which only such frames have come for as long as a
/// silent one may stay.
final class HeadWatch implements Connection.Listener {
    private static final String KEY = "dev.gatehouse.head";

    /// What is known about one connection between two requests.
    private static final class State {
        private int open;
        private boolean begun;
        private long bytes;
        private long since;

        State(long bytes) {
            this.bytes = bytes;
        }

        synchronized void busy() {
            open++;
            begun = false;
        }

        synchronized void idle(long bytesIn) {
            open--;
            begun = false;
            bytes = bytesIn;
        }

        synchronized boolean late(long bytesIn, long nanos, long limit) {
            if (open > 0 || bytesIn == bytes) {
                return false;
            }
            if (!begun) {
                begun = true;
                since = nanos;
            }
            return nanos - since > limit;
        }
    }

    private final long headNanos;
    private final long idleNanos;
    private final Map<SslConnection, State> handshakes = new ConcurrentHashMap<>();

    HeadWatch(Duration head, Duration idle) {
        this.headNanos = head.toNanos();
        this.idleNanos = idle.toNanos();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData http) {
            http.setAttribute(KEY, new State(0));
        } else if (connection instanceof SslConnection tls) {
            handshakes.put(tls, new State(-1));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof SslConnection tls) {
            handshakes.remove(tls);
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
            if (connection instanceof SslConnection tls) {
                State handshake = handshakes.get(tls);
                if (tls.getSslEndPoint().getConnection() instanceof ConnectionMetaData http) {
                    handshakes.remove(tls);
                    sweep(http, endPoint, nanos);
                } else if (handshake != null && handshake.late(0, nanos, headNanos)) {
                    endPoint.close();
                }
            } else if (connection instanceof ConnectionMetaData http) {
                sweep(http, endPoint, nanos);
            }
        }
    }

    private void sweep(ConnectionMetaData http, EndPoint endPoint, long nanos) {
        if (http.getAttribute(KEY) instanceof State state) {
            long bytesIn = http.getConnection().getBytesIn();
            if (http.getHttpVersion() == HttpVersion.HTTP_2) {
                if (state.late(bytesIn, nanos, idleNanos)) {
                    http.getConnection().close();
                }
            } else if (state.late(bytesIn, nanos, headNanos)) {
                endPoint.close();
            }
        }
    }
}
