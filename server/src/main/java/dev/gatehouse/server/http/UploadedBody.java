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
    private int inside;
    private boolean asked;
    private boolean promised;
    private boolean over;
    private boolean patient;
    private @Nullable Runnable after;

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
        if (!enter()) {
            return Content.Chunk.from(new CutException());
        }
        try {
            Content.Chunk chunk = next();
            if (chunk != null) {
                ask();
            }
            return chunk;
        } finally {
            exit();
        }
    }

    private synchronized void ask() {
        asked = true;
    }

    private Content.@Nullable Chunk next() {
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

    /// Nothing is read of it any more. The request may be over with this step, and its connection at the next one,
    /// of which nothing may be taken: so the step waits for who is reading on another thread.
    void over(Runnable then) {
        over(then, false);
    }

    /// The same, but the step is to read the rest: it waits for those who were promised to be told of more, too.
    /// A request that ends while somebody is leaves its rest to be taken for the next one of its connection.
    void leave(Runnable rest) {
        over(rest, true);
    }

    /// Whether the caller was asked for any of it (RFC 9110 section 10.1.1), or sent some unasked. A look that
    /// finds nothing asks nobody.
    synchronized boolean asked() {
        return asked;
    }

    private void over(Runnable then, boolean untold) {
        synchronized (this) {
            over = true;
            patient = untold;
            after = then;
        }
        goOn();
    }

    private synchronized boolean enter() {
        if (over) {
            return false;
        }
        inside++;
        return true;
    }

    private void exit() {
        synchronized (this) {
            inside--;
        }
        goOn();
    }

    private void goOn() {
        Runnable step;
        synchronized (this) {
            if (inside > 0 || (patient && promised)) {
                return;
            }
            step = after;
            after = null;
        }
        if (step != null) {
            step.run();
        }
    }

    private void readable(Runnable whenReadable) {
        boolean told;
        synchronized (this) {
            promised = false;
            told = !over;
        }
        if (told) {
            whenReadable.run();
        } else {
            goOn();
        }
    }

    @Override
    public void demand(Runnable whenReadable) {
        if (!enter()) {
            return;
        }
        try {
            pace.waiting(nanos.getAsLong());
            synchronized (this) {
                promised = true;
                asked = true;
            }
            source.demand(() -> readable(whenReadable));
        } finally {
            exit();
        }
    }

    @Override
    public void fail(Throwable cause) {
        // What is read from here on is the failure of the upstream, not the caller's.
        givenUp = true;
        // The rest of a body that is too large is still read, for the sake of the answer.
        if (!(failure instanceof BodyTooLargeException) && enter()) {
            try {
                source.fail(cause);
            } finally {
                exit();
            }
        }
    }
}
