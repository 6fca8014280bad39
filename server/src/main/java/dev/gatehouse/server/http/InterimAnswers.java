package dev.gatehouse.server.http;

import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;

/// The interim answers 102 and 103 of upstreams, which go no further. They are read as fast as they come, so that
/// a flood of them would keep a thread busy until the deadline of the answer: too many end the call (GAUNTLET
/// K08). Of 100 the client takes one.
final class InterimAnswers {
    /// One every few seconds for as long as an upstream may think.
    static final int MOST = 100;

    private static final String COUNT = InterimAnswers.class.getName();

    private InterimAnswers() {}

    /// For 102 (RFC 2518 section 10.1).
    static ProtocolHandler processing() {
        return new ProcessingProtocolHandler() {
            @Override
            protected void onProcessing(Request request, HttpFields headers) {
                count(request);
            }
        };
    }

    /// For 103 (RFC 8297).
    static ProtocolHandler earlyHints() {
        return new EarlyHintsProtocolHandler() {
            @Override
            protected void onEarlyHints(Request request, HttpFields headers) {
                count(request);
            }
        };
    }

    /// All of one call come on the thread that reads its connection.
    private static void count(Request request) {
        int count = request.getAttributes().get(COUNT) instanceof Integer before ? before + 1 : 1;
        request.attribute(COUNT, count);
        if (count > MOST) {
            var _ = request.abort(new HttpException.RuntimeException(502, "too many interim answers"));
        }
    }
}
