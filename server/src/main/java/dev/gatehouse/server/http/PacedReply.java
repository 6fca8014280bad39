package dev.gatehouse.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/// An answer of ours that the caller may leave in our memory. It is written in pieces, because how fast the
/// caller takes it can only be told from one to the next.
final class PacedReply extends IteratingCallback implements OpenExchange {
    private static final int PIECE = 16 * 1024;

    private final Exchange exchange;
    private final ByteBuffer body;
    private final Callback callback;
    private final Pace pace;
    private final AtomicBoolean done = new AtomicBoolean();
    private int writing;
    private boolean last;

    /// @param callback told when the caller has taken the whole body
    PacedReply(Exchange exchange, ByteBuffer body, Callback callback) {
        this.exchange = exchange;
        this.body = body;
        this.callback = callback;
        this.pace = exchange.carriage().pace();
    }

    void begin() {
        if (body.remaining() > PIECE) {
            exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        }
        exchange.carriage().open().add(this);
        iterate();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() {
        if (last) {
            return Action.SUCCEEDED;
        }
        writing = Math.min(PIECE, body.remaining());
        ByteBuffer piece = body.slice(body.position(), writing);
        body.position(body.position() + writing);
        last = !body.hasRemaining();
        pace.waiting(exchange.carriage().nanos().getAsLong());
        exchange.response().write(last, piece, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
        pace.moved(exchange.carriage().nanos().getAsLong(), writing);
    }

    @Override
    protected void onCompleteSuccess() {
        if (finish()) {
            callback.succeeded();
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        if (finish()) {
            callback.failed(cause);
        }
    }

    private boolean finish() {
        exchange.carriage().open().remove(this);
        return done.compareAndSet(false, true);
    }

    @Override
    public void expire(long nanos) {
        if (pace.tooSlow(nanos) && finish()) {
            exchange.cut();
        }
    }

    @Override
    public void recheck() {
        // It has been decided already.
    }
}
