package dev.gatehouse.server.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// An answer that is to be signed: held until its end, unless it is a stream of events, which nobody waits for the
/// end of. Of a signature only we say what it is.
final class SignedAnswer {
    private static final String EVENTS = "text/event-stream";

    private final Outcome.Signing signing;
    private final Exchange exchange;
    private volatile HeldBytes held = HeldBytes.none();

    SignedAnswer(Outcome.Signing signing, Exchange exchange) {
        this.signing = signing;
        this.exchange = exchange;
    }

    /// Its head is here.
    void begin(Response answer) {
        exchange.response().getHeaders().remove(signing.header());
        String type = answer.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(EVENTS)) {
            AnswerBudget.Part part = exchange.carriage().answers().part(signing.sharer());
            Request.addCompletionListener(exchange.request(), _ -> part.end());
            held = HeldBytes.upTo(signing.limit(), part::take);
        }
    }

    /// Holds its bytes back.
    HeldBytes held() {
        return held;
    }

    /// Its end is here.
    void sign() {
        Optional<ByteBuffer> whole = held.whole();
        whole.flatMap(signing.sign())
                .ifPresentOrElse(
                        value -> exchange.response().getHeaders().put(signing.header(), value),
                        () -> signing.unsigned()
                                .accept(held.why()
                                        .orElse(
                                                whole.isPresent()
                                                        ? Outcome.Unsigned.NO_TEXT
                                                        : Outcome.Unsigned.EVENTS)));
    }
}
