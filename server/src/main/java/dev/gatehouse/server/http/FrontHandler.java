package dev.gatehouse.server.http;

import dev.gatehouse.core.http.HttpFacts;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The first code of ours that sees a request.
final class FrontHandler extends Handler.Abstract.NonBlocking {
    private final Map<String, Carriage> carriages;
    private final StrictHead heads;
    private final Tracer tracer;

    /// @param carriages by the name of the listener
    FrontHandler(Map<String, Carriage> carriages, StrictHead heads, Tracer tracer) {
        this.carriages = carriages;
        this.heads = heads;
        this.tracer = tracer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Callback watched = HeadWatch.busy(request, callback);
        Carriage carriage =
                carriages.get(request.getConnectionMetaData().getConnector().getName());
        if (carriage == null) {
            return false;
        }
        switch (heads.read(request, carriage.listener().name())) {
            case StrictHead.Result.Refused(int status, String detail) ->
                carriage.errors().refuse(request, response, watched, status, detail);
            case StrictHead.Result.Read(HttpFacts facts) ->
                tracer.begin(facts)
                        .map(trace -> traced(trace, carriage, facts, request, response, watched))
                        .orElseGet(() -> new Exchange(carriage, facts, RequestTrace.NONE, request, response, watched))
                        .begin();
        }
        return true;
    }

    private static Exchange traced(
            RequestTrace trace,
            Carriage carriage,
            HttpFacts head,
            Request request,
            Response response,
            Callback callback) {
        Request.addCompletionListener(request, failure -> trace.done(response.getStatus(), failure == null));
        return new Exchange(carriage, head.with(trace), trace, request, response, callback);
    }
}
