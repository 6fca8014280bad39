package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.io.ArrayByteBufferPool;
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
}
