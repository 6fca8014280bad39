package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
    /// The server starts it before it opens its listeners, so that no call meets it otherwise.
    @Test
    void decodesNothingFromItsStartOn() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(8);
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
        Upstreams upstreams =
                new Upstreams(HttpLimits.DEFAULT, new Turns(threads), scheduler, new ArrayByteBufferPool());
        threads.start();
        scheduler.start();
        try {
            upstreams.client().start();
            assertThat(upstreams.client().getContentDecoderFactories()).isEmpty();
        } finally {
            upstreams.client().stop();
            scheduler.stop();
            threads.stop();
        }
    }

    /// The client still empties the buffer of an answer that broke off when it has given it back.
    @Test
    void readsNoAnswerIntoABufferThatAnotherCallHad() {
        QueuedThreadPool threads = new QueuedThreadPool(8);
        HttpClient client = new Upstreams(
                        HttpLimits.DEFAULT,
                        new Turns(threads),
                        new ScheduledExecutorScheduler(),
                        new ArrayByteBufferPool())
                .client();
        RetainableByteBuffer first = client.getByteBufferPool()
                .acquire(client.getResponseBufferSize(), client.isUseInputDirectByteBuffers());
        first.release();
        RetainableByteBuffer second = client.getByteBufferPool()
                .acquire(client.getResponseBufferSize(), client.isUseInputDirectByteBuffers());
        assertThat(second.getByteBuffer()).isNotSameAs(first.getByteBuffer());
        RetainableByteBuffer head = client.getByteBufferPool()
                .acquire(client.getRequestBufferSize(), client.isUseOutputDirectByteBuffers());
        assertThat(head.getByteBuffer()).isNotSameAs(first.getByteBuffer());
    }
}
