package dev.gatehouse.server.http;

import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The body of a caller on its way to an upstream: bytes only, trailers stay behind (GAUNTLET K01).
final class UploadedBody implements Request.Content {
    private final org.eclipse.jetty.server.Request source;
    private final Pace pace;
    private final LongSupplier nanos;
    private final long limit;
    private volatile @Nullable Throwable failure;
    private volatile boolean givenUp;
    private long bytes;

    UploadedBody(org.eclipse.jetty.server.Request source, long limit, Pace pace, LongSupplier nanos) {
        this.source = source;
        this.limit = limit;
        this.pace = pace;
        this.nanos = nanos;
    }

    /// What went wrong on the caller's side; null when nothing did.
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean tooSlow(long now) {
        return pace.tooSlow(now);
    }

    void expire() {
        failure = new TimeoutException();
    }

    @Override
    public long getLength() {
        return source.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = source.read();
        if (chunk == null) {
            return null;
        }
        if (Content.Chunk.isFailure(chunk)) {
            if (!givenUp) {
                failure = chunk.getFailure();
            }
            return chunk;
        }
        pace.moved(nanos.getAsLong(), chunk.remaining());
        bytes += chunk.remaining();
        if (bytes > limit) {
            chunk.release();
            Throwable tooLarge = new BodyTooLargeException();
            failure = tooLarge;
            return Content.Chunk.from(tooLarge);
        }
        return chunk instanceof Trailers ? Content.Chunk.EOF : chunk;
    }

    @Override
    public void demand(Runnable whenReadable) {
        pace.waiting(nanos.getAsLong());
        source.demand(whenReadable);
    }

    @Override
    public void fail(Throwable cause) {
        // What is read from here on is the failure of the upstream, not the caller's.
        givenUp = true;
        source.fail(cause);
    }
}
