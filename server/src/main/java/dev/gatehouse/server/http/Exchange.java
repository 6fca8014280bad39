package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request on its way from the front's first outcome to the last byte of the answer.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /// Whose bodies mean nothing (RFC 9110 section 9.3.1), so that an upstream which does not look for one takes
    /// it for the next request (GAUNTLET K05).
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

    /// How many bytes such a request may have.
    private static final int NO_BODY = 0;

    private final Carriage carriage;
    private final HttpFacts head;
    private final RequestTrace trace;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private volatile boolean bodyRead;

    Exchange(
            Carriage carriage,
            HttpFacts head,
            RequestTrace trace,
            Request request,
            Response response,
            Callback callback) {
        this.carriage = carriage;
        this.head = head;
        this.trace = trace;
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    void begin() {
        guarded(() -> carry(listener().front().head(head)));
    }

    /// Runs our own code; a bug in it closes the door (503), it never opens one and never leaves a caller
    /// waiting.
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("request {} met a bug", head.id(), e);
            refuse(503, "The request cannot be served at the moment.");
        }
    }

    void carry(Outcome outcome) {
        switch (outcome) {
            case Outcome.Answer(Reply reply) -> answer(reply);
            case Outcome.ReadBody readBody -> new BodyReader(this, readBody).begin();
            case Outcome.Block(Outcome.Work work, var next) -> block(work, next);
            case Outcome.Forward forward -> forward(forward);
        }
    }

    private void block(Outcome.Work work, Supplier<Outcome> next) {
        mayBeSilent();
        RequestTrace.Part part = trace.work(work);
        carriage.bulkheads().run(work, () -> guarded(() -> carry(during(part, next))), () -> {
            part.done();
            refuse(503, "Too much of this work is under way.");
        });
    }

    private static Outcome during(RequestTrace.Part part, Supplier<Outcome> next) {
        try {
            return next.get();
        } finally {
            part.done();
        }
    }

    private void forward(Outcome.Forward forward) {
        if (request.getLength() > listener().bodyBytes()) {
            tooLarge(listener().bodyBytes());
        } else if (!WITHOUT_BODY.contains(head.method())) {
            new ForwardedCall(this, forward).begin();
        } else if (forward.body().isPresent() || announcesBody()) {
            tooLarge(NO_BODY);
        } else if (http2() && !bodyRead) {
            // Only the end of the stream says that there is no body (RFC 9113 section 8.1).
            new BodyReader(this, new Outcome.ReadBody(NO_BODY, _ -> forward)).begin();
        } else {
            new ForwardedCall(this, forward).begin();
        }
    }

    private boolean announcesBody() {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /// Goes on with the whole body, which is in memory.
    void read(Bytes body, Function<HttpFacts, Outcome> next) {
        bodyRead = true;
        guarded(() -> carry(next.apply(head.with(body))));
    }

    void tooLarge(long limit) {
        if (limit == NO_BODY) {
            refuse(400, "A GET or HEAD request has no body.");
        } else {
            refuse(413, "The body is larger than " + limit + " bytes.");
        }
    }

    /// Answers in the front's shape, as long as nothing of another answer is out; otherwise cuts the connection.
    void refuse(int status, String detail) {
        if (response.isCommitted()) {
            cut();
            return;
        }
        response.reset();
        Reply reply = listener().front().unreadable(Optional.of(head), status, detail);
        answer(carriage.errors().completed(reply, status));
    }

    /// From here on the connection's own idle timeout does not count, because it is we or an upstream whom the
    /// caller waits for; a [Pace] counts when it is the caller.
    void mayBeSilent() {
        request.addIdleTimeoutListener(_ -> false);
    }

    private void answer(Reply reply) {
        ByteBuffer body = carriage.writer().begin(reply, head.id(), response);
        // Whoever was too slow with its body is not waited for once more.
        Callback done = reply.status() == 408 ? callback : LingeringBody.before(callback, this);
        if (http2()) {
            // A window of zero holds back even the smallest answer (GAUNTLET K06); a socket takes it anyway.
            new PacedReply(this, body, done).begin();
        } else {
            response.write(true, body, done);
        }
    }

    boolean http2() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /// Ends the answer in the middle, so that the caller sees that it is not whole: the connection, or in HTTP/2
    /// the stream, which its failure resets.
    void cut() {
        if (!http2()) {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        }
        callback.failed(new CutException());
    }

    Carriage carriage() {
        return carriage;
    }

    HttpListener listener() {
        return carriage.listener();
    }

    HttpFacts head() {
        return head;
    }

    RequestTrace trace() {
        return trace;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    Callback callback() {
        return callback;
    }
}
