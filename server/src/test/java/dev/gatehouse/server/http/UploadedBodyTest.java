package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who still reads a body when its call ends holds the end back; afterwards nobody reads it.
class UploadedBodyTest {
    private final List<String> steps = new ArrayList<>();
    private final Source source = new Source();
    private final UploadedBody body =
            new UploadedBody(source, 1000, new Pace(1, Duration.ofSeconds(1), Duration.ofSeconds(1)), System::nanoTime);

    @Test
    void theEndWaitsForWhoIsReading() {
        source.during = () -> body.over(() -> steps.add("over"));
        body.read();
        assertThat(steps).containsExactly("read", "over");
    }

    @Test
    void nothingIsReadOrFailedAfterTheEnd() {
        body.over(() -> steps.add("over"));
        assertThat(Content.Chunk.isFailure(body.read())).isTrue();
        body.demand(() -> steps.add("readable"));
        body.fail(new CutException());
        assertThat(steps).containsExactly("over");
        assertThat(body.asked()).isFalse();
    }

    @Test
    void theRestIsReadOnceThePromisedBytesAreHere() {
        body.demand(() -> steps.add("readable"));
        body.leave(() -> steps.add("rest"));
        assertThat(steps).containsExactly("demand");
        source.promised.run();
        assertThat(steps).containsExactly("demand", "rest");
    }

    @Test
    void theRestIsReadAtOnceWhenNobodyWaits() {
        body.demand(() -> steps.add("readable"));
        source.promised.run();
        body.leave(() -> steps.add("rest"));
        assertThat(steps).containsExactly("demand", "readable", "rest");
    }

    @Test
    void anEndDoesNotWaitForPromisedBytes() {
        body.demand(() -> steps.add("readable"));
        body.over(() -> steps.add("over"));
        source.promised.run();
        assertThat(steps).containsExactly("demand", "over");
    }

    @Test
    void aLookThatFindsNothingAsksNobody() {
        source.silent = true;
        body.read();
        assertThat(body.asked()).isFalse();
        body.demand(() -> steps.add("readable"));
        assertThat(body.asked()).isTrue();
    }

    @Test
    void whoSendsUnaskedHasMoreToSend() {
        body.read();
        assertThat(body.asked()).isTrue();
    }

    /// A request that is asked for its bytes only.
    private final class Source extends Request.Wrapper {
        private Runnable during = () -> {};
        private Runnable promised = () -> {};
        private boolean silent;

        Source() {
            super((Request) Proxy.newProxyInstance(
                    Request.class.getClassLoader(), new Class<?>[] {Request.class}, (_, method, _) -> {
                        throw new AssertionError(method);
                    }));
        }

        @Override
        public long getLength() {
            return -1;
        }

        @Override
        public Content.@Nullable Chunk read() {
            during.run();
            steps.add("read");
            return silent ? null : Content.Chunk.from(BufferUtil.EMPTY_BUFFER, false);
        }

        @Override
        public void demand(Runnable callback) {
            steps.add("demand");
            promised = callback;
        }

        @Override
        public void fail(Throwable failure) {
            steps.add("fail");
        }
    }
}
