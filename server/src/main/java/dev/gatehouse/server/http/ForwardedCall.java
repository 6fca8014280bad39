package dev.gatehouse.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/// One call on its way to an upstream and back, streaming both ways without holding a thread: each side is read
/// only as fast as the other takes it.
final class ForwardedCall implements Response.Listener, OpenExchange {
    /// Methods whose request may be sent a second time (RFC 9110 section 9.2.1).
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private static final int BODY_READ = 1;
    private static final int CLIENT_DONE = 2;

    private final Exchange exchange;
    private final Outcome.Forward forward;
    private final Carriage carriage;
    private final Pace down;
    private final UploadedBody upload;
    private final boolean withBody;
    private final Optional<HeardAnswer> heard;
    private final Optional<SignedAnswer> signed;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicInteger whole = new AtomicInteger();
    private volatile Attempt attempt;
    private volatile @Nullable AnswerStream stream;
    private volatile @Nullable Throwable aborted;
    private volatile boolean repeated;
    private volatile boolean answered;

    ForwardedCall(Exchange exchange, Outcome.Forward forward) {
        this.exchange = exchange;
        this.forward = forward;
        this.carriage = exchange.carriage();
        this.down = carriage.pace();
        this.upload = new UploadedBody(
                exchange.request(), exchange.listener().bodyBytes(), carriage.pace(), carriage.nanos());
        this.withBody = forward.body().isPresent() || upload.present();
        this.heard = forward.hearing().map(hearing -> new HeardAnswer(hearing, exchange));
        this.signed = forward.signing().map(signing -> new SignedAnswer(signing, exchange));
        this.attempt = attempt();
    }

    private Attempt attempt() {
        Request request =
                carriage.upstreams().request(forward.upstream(), exchange.head().method(), forward.target());
        RequestTrace.Call trace =
                exchange.trace().call(forward.upstream(), exchange.head().method(), repeated ? 1 : 0);
        request.headers(headers -> {
            PassedHeaders.toUpstream(trace.headers(forward.headers()), headers);
            if (!withBody && exchange.request().getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
                headers.put(HttpHeader.CONTENT_LENGTH, "0");
            }
        });
        if (forward.body().isPresent()) {
            request.body(new BytesRequestContent(forward.body().get().toArray()));
        } else if (withBody) {
            request.body(upload);
        }
        return new Attempt(request, trace, carriage.nanos());
    }

    void begin() {
        exchange.mayBeSilent();
        exchange.request().addFailureListener(this::abort);
        carriage.open().add(this);
        attempt.request().send(this);
    }

    /// Sends the call once more, on a connection of its own.
    private void repeat() {
        repeated = true;
        Attempt second = attempt();
        carriage.upstreams().onNewConnection(second.request());
        attempt = second;
        Throwable cause = aborted;
        if (cause != null) {
            var _ = second.request().abort(cause);
        }
        second.request().send(this);
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
        forward.answered().forEach(header -> PassedHeaders.ours(header, response.getHeaders()));
        HttpField length = answer.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
        if (length != null && status != 204 && !answer.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            response.getHeaders().put(length);
        }
        response.getHeaders().put(ReplyWriter.REQUEST_ID, exchange.head().id());
        signed.ifPresent(one -> one.begin(answer));
    }

    @Override
    public void onContentSource(Response answer, Content.Source content) {
        AnswerStream body = new AnswerStream(
                content,
                exchange.response(),
                down,
                carriage.nanos(),
                () -> whole(BODY_READ),
                this::abort,
                bytes -> heard.ifPresent(one -> one.add(bytes)),
                signed.map(SignedAnswer::held).orElseGet(HeldBytes::none));
        stream = body;
        body.iterate();
    }

    @Override
    public void onSuccess(Response answer) {
        attempt.endIrregular(answer);
        // Otherwise the connection is given back first, so that the caller's next call finds it.
        if (withBody && !attempt.sent()) {
            whole(CLIENT_DONE);
        }
    }

    /// Ends the answer once its last bytes are here and the client is done with it.
    private void whole(int part) {
        AnswerStream body = stream;
        if (whole.accumulateAndGet(part, (a, b) -> a | b) == (BODY_READ | CLIENT_DONE) && body != null && end()) {
            heard.ifPresentOrElse(one -> one.hear(exchange, () -> finish(body)), () -> finish(body));
        }
    }

    private void finish(AnswerStream body) {
        signed.ifPresent(SignedAnswer::sign);
        body.finish(Callback.from(
                InvocationType.NON_BLOCKING,
                () -> finished(this::succeed),
                failure -> finished(() -> upload.over(() -> exchange.callback().failed(failure)))));
    }

    /// An upstream that answers without having read everything does not get the rest.
    private void finished(Runnable told) {
        if (leave()) {
            told.run();
        }
        if (!attempt.sent()) {
            abort(new CutException());
        }
    }

    private void succeed() {
        if (attempt.sent() || !withBody || forward.body().isPresent()) {
            exchange.callback().succeeded();
        } else {
            LingeringBody.of(upload, exchange);
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable failure = result.getFailure();
        attempt.done(result);
        if (failure == null) {
            whole(CLIENT_DONE);
        } else if (mayRepeat() && attempt.metStaleConnection(failure)) {
            repeat();
        } else {
            upload.discard();
            if (breakOff()) {
                upload.over(() -> CallFailures.tell(exchange, answered, upload.failure(), failure));
            }
        }
    }

    private boolean mayRepeat() {
        return !repeated
                && !withBody
                && !ended.get()
                && aborted == null
                && SAFE.contains(exchange.head().method());
    }

    /// From here on nothing is asked of the upstream; the caller may still have to take the last bytes.
    private boolean end() {
        return ended.compareAndSet(false, true);
    }

    /// Ends it without them; whether the caller is still to be told.
    private boolean breakOff() {
        if (!end()) {
            return false;
        }
        AnswerStream body = stream;
        if (body != null) {
            body.discard();
        }
        return leave();
    }

    /// Whether the exchange is this step's to end: nobody waits for anything any more.
    private boolean leave() {
        carriage.open().remove(this);
        return left.compareAndSet(false, true);
    }

    @Override
    public void expire(long nanos) {
        if (ended.get()) {
            // The last bytes are held back as any others (GAUNTLET K06, M04).
            if (down.tooSlow(nanos) && leave()) {
                upload.over(exchange::cut);
                abort(new CutException());
            }
        } else if (upload.tooSlow(nanos)) {
            upload.expire();
            abort(new TimeoutException());
        } else if (down.tooSlow(nanos)) {
            stop();
        } else if (attempt.queuedLonger(queued(), nanos)) {
            abort(new RejectedExecutionException());
        } else if (!answered && attempt.sentLonger(carriage.limits().upstreamHead(), nanos)) {
            abort(new TimeoutException());
        }
    }

    /// How long a call may wait for a connection to its upstream: for one that another call gives back, or for a
    /// new one, which it may look up and open meanwhile.
    private Duration queued() {
        return carriage.limits().connect().multipliedBy(3);
    }

    @Override
    public void recheck() {
        if (!ended.get() && !forward.alive().getAsBoolean()) {
            stop();
        }
    }

    /// The outcome comes back through `onComplete`.
    private void abort(Throwable cause) {
        aborted = cause;
        var _ = attempt.request().abort(cause);
    }

    private void stop() {
        if (breakOff()) {
            upload.over(exchange::cut);
            abort(new CutException());
        }
    }
}
