package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/// The last bytes of an answer go back to where they came from, whoever is first: they or the end of the call.
class AnswerStreamTest {
    private final AtomicInteger released = new AtomicInteger();
    private final AsyncContent source = new AsyncContent();
    private final AnswerStream stream = new AnswerStream(
            source,
            null,
            new Pace(1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            System::nanoTime,
            () -> {},
            _ -> {},
            _ -> {},
            HeldBytes.none());

    @Test
    void whatCameBeforeTheEndIsGivenBack() {
        read();
        assertThat(released).hasValue(0);
        stream.discard();
        assertThat(released).hasValue(1);
    }

    @Test
    void whatComesAfterTheEndIsGivenBack() {
        stream.discard();
        read();
        assertThat(released).hasValue(1);
    }

    private void read() {
        source.write(true, ByteBuffer.wrap(new byte[4]), Callback.from(released::incrementAndGet));
        stream.iterate();
    }
}
