package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Trace;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/// One request as whoever traces it is told of it. Every part that begins is told its end exactly once, on
/// whichever thread that happens.
public interface RequestTrace extends Trace {
    /// Blocking work begins to wait for its permit.
    Part work(Outcome.Work work);

    /// The request is sent to its upstream.
    ///
    /// @param resend 0 the first time
    Call call(URI upstream, String method, int resend);

    /// The request is over.
    ///
    /// @param status that was sent; 0 when the connection ended before one was
    /// @param whole whether all of the answer was sent
    void done(int status, boolean whole);

    /// Something that takes its time.
    @FunctionalInterface
    interface Part {
        /// It is over.
        void done();
    }

    /// A call to an upstream.
    interface Call {
        /// The headers to send, with which the upstream joins the trace.
        List<Header> headers(List<Header> headers);

        /// It is over.
        ///
        /// @param status that the upstream answered; 0 when there was no answer
        /// @param whole whether all of its answer came
        void done(int status, boolean whole);
    }

    /// Nobody traces it.
    RequestTrace NONE = new RequestTrace() {
        private final Call call = new Call() {
            @Override
            public List<Header> headers(List<Header> headers) {
                return headers;
            }

            @Override
            public void done(int status, boolean whole) {}
        };

        @Override
        public void route(String api, Supplier<String> template) {}

        @Override
        public void outcome(String api, String word) {}

        @Override
        public Part work(Outcome.Work work) {
            return () -> {};
        }

        @Override
        public Call call(URI upstream, String method, int resend) {
            return call;
        }

        @Override
        public void done(int status, boolean whole) {}
    };
}
