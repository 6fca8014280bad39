package dev.gatehouse.server.http;

import java.io.EOFException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
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
    private final AtomicReference<Content.@Nullable Chunk> ahead = new AtomicReference<>();
    private long bytes;

    UploadedBody(org.eclipse.jetty.server.Request source, long limit, Pace pace, LongSupplier nanos) {
        this.source = source;
        this.limit = limit;
        this.pace = pace;
        this.nanos = nanos;
    }

    /// Whether there is a body. In HTTP/2 only the end of the stream says that there is none (RFC 9113 section
    /// 8.1).
    boolean present() {
        if (source.getLength() > 0 || source.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return true;
        }
        if (source.getLength() == 0 || source.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return false;
        }
        Content.Chunk first = source.read();
        ahead.set(first);
        return first == null || Content.Chunk.isFailure(first) || !first.isLast() || first.hasRemaining();
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
        Content.Chunk first = ahead.getAndSet(null);
        Content.Chunk chunk = first == null ? source.read() : first;
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
            return failed(chunk, new BodyTooLargeException());
        }
        // RFC 9113 section 8.1.1: a stream may end early. The upstream would take the next request for the rest of it.
        long length = source.getLength();
        if (length >= 0 && (bytes > length || (chunk.isLast() && bytes < length))) {
            return failed(chunk, new EOFException("the body does not have the length that was announced"));
        }
        return chunk instanceof Trailers ? Content.Chunk.EOF : chunk;
    }

    private Content.Chunk failed(Content.Chunk chunk, Exception why) {
        chunk.release();
        failure = why;
        return Content.Chunk.from(why);
    }

    /// Gives back what was read ahead and will not be sent: until then it is missing in the window of all streams
    /// of the connection (RFC 9113 section 5.2).
    void discard() {
        Content.Chunk first = ahead.getAndSet(null);
        if (first != null) {
            first.release();
        }
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
        // The rest of a body that is too large is still read, for the sake of the answer.
        if (!(failure instanceof BodyTooLargeException)) {
            source.fail(cause);
        }
    }
}
