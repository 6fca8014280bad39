package dev.gatehouse.server.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/// The body of an upstream's answer on its way to the caller: the next bytes are read once the caller has taken
/// the ones before. The last bytes wait for [#finish], so that they and the end of the answer are one write.
final class AnswerStream extends IteratingCallback {
    private final Content.Source source;
    private final Response response;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Runnable whole;
    private final Consumer<Throwable> broken;
    private final Consumer<ByteBuffer> witness;
    private final HeldBytes held;
    private final AtomicReference<Content.@Nullable Chunk> last = new AtomicReference<>();
    private Content.@Nullable Chunk writing;
    private Content.@Nullable Chunk ahead;
    private boolean flushed;
    private boolean failed;
    private volatile boolean discarded;

    /// @param whole told when the last bytes have been read
    /// @param broken told when the caller does not take the answer
    /// @param witness shown all bytes in their order, the last ones before `whole` is told
    /// @param held holds bytes back
    AnswerStream(
            Content.Source source,
            Response response,
            Pace pace,
            LongSupplier nanos,
            Runnable whole,
            Consumer<Throwable> broken,
            Consumer<ByteBuffer> witness,
            HeldBytes held) {
        this.source = source;
        this.response = response;
        this.pace = pace;
        this.nanos = nanos;
        this.whole = whole;
        this.broken = broken;
        this.witness = witness;
        this.held = held;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() {
        while (true) {
            Content.Chunk chunk = ahead == null ? source.read() : ahead;
            ahead = null;
            if (chunk == null) {
                return silent();
            }
            if (Content.Chunk.isFailure(chunk)) {
                // The client reports it, too.
                failed = true;
                return Action.SUCCEEDED;
            }
            witness.accept(chunk.getByteBuffer().asReadOnlyBuffer());
            if (chunk.isLast()) {
                keep(chunk);
                return Action.SUCCEEDED;
            }
            Content.Chunk next = source.read();
            if (next != null && next.isLast() && !next.hasRemaining() && !Content.Chunk.isFailure(next)) {
                keep(chunk);
                return Action.SUCCEEDED;
            }
            ahead = next;
            Optional<Content.Chunk> now = held.next(chunk);
            if (now.isPresent()) {
                return written(now.get());
            }
        }
    }

    /// The end of the call may come on another thread and find nothing to give back yet.
    private void keep(Content.Chunk chunk) {
        last.set(held.last(chunk));
        if (discarded) {
            discard();
        }
    }

    private Action written(Content.Chunk chunk) {
        writing = chunk;
        flushed = true;
        pace.waiting(nanos.getAsLong());
        response.write(false, chunk.getByteBuffer(), this);
        return Action.SCHEDULED;
    }

    /// The caller gets what there is, at least the head, before the upstream is waited for (server-sent events),
    /// unless all of it is held.
    private Action silent() {
        if (flushed || held.holding()) {
            source.demand(this::iterate);
            return Action.IDLE;
        }
        flushed = true;
        pace.waiting(nanos.getAsLong());
        response.write(false, BufferUtil.EMPTY_BUFFER, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {
        pace.moved(nanos.getAsLong(), release());
    }

    /// Gives the bytes that were being written back and says how many they were.
    private int release() {
        Content.Chunk written = writing;
        writing = null;
        if (written == null) {
            return 0;
        }
        int count = written.getByteBuffer().limit();
        written.release();
        return count;
    }

    @Override
    protected void onCompleteSuccess() {
        if (!failed) {
            whole.run();
        }
    }

    @Override
    protected void onFailure(Throwable cause) {
        broken.accept(cause);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        release();
        if (ahead != null) {
            ahead.release();
            ahead = null;
        }
    }

    /// Writes the last bytes and ends the answer.
    void finish(Callback callback) {
        Content.Chunk chunk = last.getAndSet(null);
        if (chunk == null || !chunk.hasRemaining()) {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        } else {
            pace.waiting(nanos.getAsLong());
            response.write(true, chunk.getByteBuffer(), Callback.from(chunk::release, callback));
        }
    }

    /// Gives the last bytes back, which nobody will get.
    void discard() {
        discarded = true;
        Content.Chunk chunk = last.getAndSet(null);
        if (chunk != null) {
            chunk.release();
        }
    }
}
