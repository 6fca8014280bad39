package dev.gatehouse.server.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The signature of one answer, where somebody signs it.
final class SignedAnswer {
    private static final String EVENTS = "text/event-stream";

    private final Optional<Outcome.Signing> signing;
    private final Exchange exchange;
    private volatile HeldBytes held = HeldBytes.none();

    SignedAnswer(Optional<Outcome.Signing> signing, Exchange exchange) {
        this.signing = signing;
        this.exchange = exchange;
    }

    /// What is to be signed is held until its end, unless it is a stream of events, which nobody waits for the
    /// end of. Of a signature only we say what it is.
    void begin(Response answer) {
        signing.ifPresent(one -> begin(one, answer.getHeaders().get(HttpHeader.CONTENT_TYPE)));
    }

    private void begin(Outcome.Signing one, @Nullable String type) {
        exchange.response().getHeaders().remove(one.header());
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(EVENTS)) {
            AnswerBudget.Part part = exchange.carriage().answers().part(one.sharer());
            Request.addCompletionListener(exchange.request(), _ -> part.end());
            held = HeldBytes.upTo(one.limit(), part::take);
        }
    }

    /// What of the answer waits for its signature.
    HeldBytes held() {
        return held;
    }

    /// Says it, when the whole answer is there.
    void sign() {
        signing.ifPresent(this::sign);
    }

    private void sign(Outcome.Signing one) {
        Optional<ByteBuffer> whole = held.whole();
        whole.flatMap(one.sign())
                .ifPresentOrElse(
                        value -> exchange.response().getHeaders().put(one.header(), value),
                        () -> one.unsigned()
                                .accept(held.why()
                                        .orElse(
                                                whole.isPresent()
                                                        ? Outcome.Unsigned.NO_TEXT
                                                        : Outcome.Unsigned.EVENTS)));
    }
}
