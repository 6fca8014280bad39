package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads a whole body of bounded size without holding a thread, then goes on with the facts that hold it.
final class BodyReader implements OpenExchange, Invocable.Task {
    private final Exchange exchange;
    private final Outcome.ReadBody outcome;
    private final Pace pace;
    private final BodyBudget.Part part;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    private final AtomicBoolean done = new AtomicBoolean();
    private boolean registered;

    BodyReader(Exchange exchange, Outcome.ReadBody outcome) {
        this.exchange = exchange;
        this.outcome = outcome;
        this.pace = exchange.carriage().pace();
        this.part = exchange.carriage().bodies().part();
    }

    void begin() {
        if (exchange.request().getLength() > outcome.limit()) {
            tooLarge();
        } else {
            // Not when it has been read: it is held until the request is answered.
            Request.addCompletionListener(exchange.request(), _ -> part.end());
            run();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        Request request = exchange.request();
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                wait(request);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                broken(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            boolean taken = part.take(chunk.remaining());
            take(chunk);
            if (!taken) {
                tooMuch();
                return;
            }
            if (body.size() > outcome.limit()) {
                tooLarge();
                return;
            }
            if (last) {
                complete();
                return;
            }
        }
    }

    private void wait(Request request) {
        if (!registered) {
            registered = true;
            exchange.carriage().open().add(this);
        }
        pace.waiting(exchange.carriage().nanos().getAsLong());
        request.demand(this);
    }

    private void take(Content.Chunk chunk) {
        int count = chunk.remaining();
        if (registered) {
            pace.moved(exchange.carriage().nanos().getAsLong(), count);
        }
        if (count > 0) {
            byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
            body.write(bytes, 0, bytes.length);
        }
        chunk.release();
    }

    private boolean finish() {
        exchange.carriage().open().remove(this);
        return done.compareAndSet(false, true);
    }

    private void complete() {
        long length = exchange.request().getLength();
        // RFC 9113 section 8.1.1: a stream may end early; in HTTP/1.1 the length is the end.
        if (length >= 0 && length != body.size()) {
            if (finish()) {
                exchange.refuse(400, "The body does not have the length that was announced.");
            }
        } else if (finish()) {
            exchange.read(Bytes.of(body.toByteArray()), outcome.next());
        }
    }

    private void tooMuch() {
        if (finish()) {
            part.end();
            exchange.refuse(503, "Too many bodies are being read.");
        }
    }

    private void tooLarge() {
        if (finish()) {
            part.end();
            exchange.tooLarge(outcome.limit());
        }
    }

    private void broken(Throwable failure) {
        if (finish()) {
            if (failure instanceof TimeoutException) {
                exchange.refuse(408, "The body took too long.");
            } else if (failure instanceof HttpException) {
                exchange.refuse(400, "The body is malformed.");
            } else {
                exchange.cut();
            }
        }
    }

    @Override
    public void expire(long nanos) {
        if (pace.tooSlow(nanos) && finish()) {
            exchange.refuse(408, "The body took too long.");
        }
    }

    @Override
    public void recheck() {
        // Nothing has been decided yet.
    }
}
