package dev.gatehouse.server.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpResponse;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/// One sending of a call to an upstream: how far it got since when, and what it takes to tell whether it met a
/// connection that the upstream had already given up (RFC 9112 section 9.3.1).
final class Attempt {
    private final Request request;
    private final RequestTrace.Call trace;
    private final long queuedAt;
    private volatile boolean begun;
    private volatile boolean sent;
    private volatile long sentAt;
    private volatile @Nullable Connection connection;
    private volatile long bytesBefore;

    Attempt(Request request, RequestTrace.Call trace, LongSupplier nanos) {
        this.request = request;
        this.trace = trace;
        this.queuedAt = nanos.getAsLong();
        request.onRequestBegin(on -> {
            begun = true;
            if (on.getConnection() instanceof Connection used) {
                bytesBefore = used.getBytesIn();
                connection = used;
            }
        });
        request.onRequestSuccess(_ -> {
            sentAt = nanos.getAsLong();
            sent = true;
        });
    }

    Request request() {
        return request;
    }

    /// Whether all of it went out.
    boolean sent() {
        return sent;
    }

    /// Whether it has waited for a connection for longer than this.
    boolean queuedLonger(Duration most, long now) {
        return !begun && now - queuedAt > most.toNanos();
    }

    /// Whether all of it went out longer ago than this.
    boolean sentLonger(Duration most, long now) {
        return sent && now - sentAt > most.toNanos();
    }

    /// It is over, one way or the other.
    void done(Result result) {
        Response answer = result.getResponse();
        trace.done(answer == null ? 0 : answer.getStatus(), result.isSucceeded());
    }

    /// Whether it failed on a connection that had been used before, and not a byte of an answer came.
    boolean metStaleConnection(Throwable failure) {
        Connection used = connection;
        return used != null && bytesBefore > 0 && used.getBytesIn() == bytesBefore && broken(failure);
    }

    /// Has the connection end with this answer when more bytes came than the answer has (GAUNTLET K08).
    void endIrregular(Response answer) {
        Connection used = connection;
        if (used != null
                && used.getEndPoint() instanceof UpstreamEndPoint endPoint
                && endPoint.endsWithSurplus()
                && answer instanceof HttpResponse mutable) {
            mutable.headers(headers -> headers.put(Upstreams.CLOSE));
        }
    }

    private static boolean broken(Throwable failure) {
        return switch (failure) {
            case CutException _, ConnectException _, SocketTimeoutException _, UnknownHostException _ -> false;
            default -> failure instanceof IOException;
        };
    }
}
