package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenExchangesTest {
    /// In whatever order they are asked.
    @Test
    void oneThatFailsKeepsNoOtherFromItsEnd() {
        AtomicInteger asked = new AtomicInteger();
        OpenExchanges open = new OpenExchanges();
        for (int i = 0; i < 3; i++) {
            open.add(new OpenExchange() {
                @Override
                public void expire(long nanos) {
                    asked.incrementAndGet();
                    throw new IllegalStateException("a bug");
                }

                @Override
                public void recheck() {}
            });
        }
        open.expire(1);
        assertThat(asked).hasValue(3);
    }
}
