package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The copy of one answer for who hears it too. Nothing of it changes what the caller gets: an answer that is too
/// long, that there is no memory for, or that nobody has the time to hear, goes by.
final class HeardAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(HeardAnswer.class);

    private final Outcome.Hearing hearing;
    private final BodyBudget.Part part;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream(512);
    private boolean tooLong;

    HeardAnswer(Outcome.Hearing hearing, Exchange exchange) {
        this.hearing = hearing;
        this.part = exchange.carriage().bodies().part();
        Request.addCompletionListener(exchange.request(), _ -> part.end());
    }

    void add(ByteBuffer bytes) {
        tooLong = tooLong || copy.size() + bytes.remaining() > hearing.limit() || !part.take(bytes.remaining());
        if (!tooLong) {
            byte[] more = new byte[bytes.remaining()];
            bytes.get(more);
            copy.write(more, 0, more.length);
        }
    }

    /// Lets it be heard, then goes on; after a while at any rate.
    void hear(Exchange exchange, Runnable then) {
        int status = exchange.response().getStatus();
        if (tooLong || status < 200 || status > 299) {
            then.run();
            return;
        }
        Carriage carriage = exchange.carriage();
        CompletableFuture<Void> heard = new CompletableFuture<>();
        carriage.bulkheads()
                .run(
                        Outcome.Work.HEAR,
                        () -> {
                            tell(exchange);
                            heard.complete(null);
                        },
                        () -> {
                            LOG.warn(
                                    "request {}: nobody had the time to hear its answer",
                                    exchange.head().id());
                            heard.complete(null);
                        });
        var _ = heard.completeOnTimeout(null, carriage.limits().heard().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(then);
    }

    private void tell(Exchange exchange) {
        try {
            hearing.heard().accept(Bytes.of(copy.toByteArray()));
        } catch (RuntimeException e) {
            LOG.error(
                    "request {}: whoever heard its answer met a bug",
                    exchange.head().id(),
                    e);
        }
    }
}
