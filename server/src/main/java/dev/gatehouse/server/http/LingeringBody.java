package dev.gatehouse.server.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/// What the caller still sends after the answer, for example when its body is refused as too large. It is read and
/// dropped for a while: closing on a caller that is still sending resets the connection, and the reset may
/// overtake the answer (RFC 9112 section 9.6).
final class LingeringBody implements OpenExchange, Invocable.Task {
    private static final long MOST_BYTES = 1024 * 1024;

    private final Exchange exchange;
    private final Callback callback;
    private final AtomicBoolean done = new AtomicBoolean();
    private long dropped;
    private volatile long began;
    private boolean registered;

    private LingeringBody(Exchange exchange, Callback callback) {
        this.exchange = exchange;
        this.callback = callback;
    }

    /// A callback for the answer's last byte: it tells the given one once the body is over, too.
    static Callback before(Callback callback, Exchange exchange) {
        if (!expected(exchange)) {
            return callback;
        }
        LingeringBody body = new LingeringBody(exchange, callback);
        return Callback.from(InvocationType.NON_BLOCKING, body, callback::failed);
    }

    /// What an upstream that has answered did not want: once its sender has let go of it, it is read here.
    static void of(UploadedBody upload, Exchange exchange) {
        LingeringBody body = new LingeringBody(exchange, exchange.callback());
        if (upload.asked() || expected(exchange)) {
            body.register();
            upload.leave(body);
        } else {
            upload.over(exchange.callback()::succeeded);
        }
    }

    /// Whoever waits for 100 (Continue) does not send a body that it was not asked for.
    private static boolean expected(Exchange exchange) {
        Request request = exchange.request();
        HttpFields headers = request.getHeaders();
        boolean present = request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING);
        return (present || exchange.http2()) && !headers.contains(HttpHeader.EXPECT);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        while (!done.get()) {
            Content.Chunk chunk = exchange.request().read();
            if (chunk == null) {
                await();
                return;
            }
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            dropped += chunk.remaining();
            chunk.release();
            if (last || dropped > MOST_BYTES) {
                finish();
                return;
            }
        }
    }

    private void await() {
        register();
        exchange.request().demand(this);
    }

    private void register() {
        if (!registered) {
            registered = true;
            began = exchange.carriage().nanos().getAsLong();
            exchange.carriage().open().add(this);
        }
    }

    private void finish() {
        if (done.compareAndSet(false, true)) {
            end();
        }
    }

    private void end() {
        exchange.carriage().open().remove(this);
        callback.succeeded();
    }

    /// A connection that somebody still waits for more on would go on, and take the rest for its next request.
    @Override
    public void expire(long nanos) {
        if (nanos - began > exchange.carriage().limits().rateGrace().toNanos() && done.compareAndSet(false, true)) {
            if (!exchange.http2()) {
                exchange.request()
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close();
            }
            end();
        }
    }

    @Override
    public void recheck() {
        // It has been answered already.
    }
}
