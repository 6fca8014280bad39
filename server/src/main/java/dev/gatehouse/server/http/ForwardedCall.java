package dev.gatehouse.server.http;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/// One call on its way to an upstream and back, streaming both ways without holding a thread: each side is read
/// only as fast as the other takes it.
final class ForwardedCall implements Response.Listener, OpenExchange {
    private final Exchange exchange;
    private final Outcome.Forward forward;
    private final Carriage carriage;
    private final Request upstream;
    private final Pace down;
    private final UploadedBody upload;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean sent;
    private volatile long sentAt;
    private volatile boolean answered;

    ForwardedCall(Exchange exchange, Outcome.Forward forward) {
        this.exchange = exchange;
        this.forward = forward;
        this.carriage = exchange.carriage();
        this.down = carriage.pace();
        this.upload = new UploadedBody(exchange.request(), carriage.pace(), carriage.nanos());
        this.upstream =
                carriage.upstreams().request(forward.upstream(), exchange.head().method(), forward.target());
    }

    void begin() {
        upstream.headers(headers -> PassedHeaders.toUpstream(forward.headers(), headers));
        if (exchange.request().getLength() > 0
                || exchange.request().getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            upstream.body(upload);
        } else if (exchange.request().getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            upstream.headers(headers -> headers.put(HttpHeader.CONTENT_LENGTH, "0"));
        }
        upstream.onRequestSuccess(_ -> {
            sentAt = carriage.nanos().getAsLong();
            sent = true;
        });
        exchange.mayBeSilent();
        exchange.request().addFailureListener(this::abort);
        carriage.open().add(this);
        upstream.send(this);
    }

    @Override
    public void onHeaders(Response answer) {
        int status = answer.getStatus();
        // 101 would turn the connection into something that we do not read (GAUNTLET K08).
        if (status < 200 || status > 599) {
            abort(new HttpException.RuntimeException(502, "status " + status));
            return;
        }
        answered = true;
        var response = exchange.response();
        response.setStatus(status);
        PassedHeaders.toCaller(answer.getHeaders(), forward.credentialed(), response.getHeaders());
        HttpField length = answer.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
        if (length != null && status != 204 && !answer.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            response.getHeaders().put(length);
        }
        response.getHeaders().put(ReplyWriter.REQUEST_ID, exchange.head().id());
    }

    @Override
    public void onContent(Response answer, Content.Chunk chunk, Runnable more) {
        chunk.retain();
        int count = chunk.remaining();
        down.waiting(carriage.nanos().getAsLong());
        exchange.response()
                .write(
                        false,
                        chunk.getByteBuffer(),
                        Callback.from(
                                InvocationType.NON_BLOCKING,
                                () -> {
                                    chunk.release();
                                    down.moved(carriage.nanos().getAsLong(), count);
                                    more.run();
                                },
                                failure -> {
                                    chunk.release();
                                    abort(failure);
                                }));
    }

    @Override
    public void onSuccess(Response answer) {
        if (end()) {
            exchange.response()
                    .write(
                            true,
                            BufferUtil.EMPTY_BUFFER,
                            Callback.from(
                                    () -> {
                                        exchange.callback().succeeded();
                                        dropUnsent();
                                    },
                                    exchange.callback()::failed));
        }
    }

    /// An upstream that answers without having read everything does not get the rest.
    private void dropUnsent() {
        if (!sent) {
            abort(new CutException());
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable failure = result.getFailure();
        if (failure != null && end()) {
            Throwable cause = upload.failure() == null ? failure : upload.failure();
            fail(cause, upload.failure() != null);
        }
    }

    private void fail(Throwable failure, boolean byCaller) {
        if (answered && exchange.response().isCommitted()) {
            exchange.cut();
        } else if (byCaller) {
            exchange.refuse(failure instanceof TimeoutException ? 408 : 400, "The body is malformed or too slow.");
        } else {
            switch (failure) {
                case TimeoutException _, SocketTimeoutException _ ->
                    exchange.refuse(504, "The upstream took too long.");
                case ConnectException _,
                        UnknownHostException _,
                        UnresolvedAddressException _,
                        RejectedExecutionException _ -> exchange.refuse(503, "The upstream cannot be reached.");
                default -> exchange.refuse(502, "The upstream did not give a usable answer.");
            }
        }
    }

    private boolean end() {
        carriage.open().remove(this);
        return ended.compareAndSet(false, true);
    }

    @Override
    public void expire(long nanos) {
        if (upload.tooSlow(nanos)) {
            upload.expire();
            abort(new TimeoutException());
        } else if (down.tooSlow(nanos)) {
            stop();
        } else if (sent
                && !answered
                && nanos - sentAt > carriage.limits().upstreamHead().toNanos()) {
            abort(new TimeoutException());
        }
    }

    @Override
    public void recheck() {
        if (!forward.alive().getAsBoolean()) {
            stop();
        }
    }

    /// The outcome comes back through `onComplete`.
    private void abort(Throwable cause) {
        var _ = upstream.abort(cause);
    }

    private void stop() {
        if (end()) {
            exchange.cut();
            abort(new CutException());
        }
    }
}
