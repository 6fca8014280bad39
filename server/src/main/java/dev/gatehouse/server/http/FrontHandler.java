package dev.gatehouse.server.http;

import dev.gatehouse.core.http.HttpFacts;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The first code of ours that sees a request.
final class FrontHandler extends Handler.Abstract.NonBlocking {
    private final Map<String, HttpListener> listeners;
    private final StrictHead heads;
    private final Tracer tracer;
    private final Carriage carriage;

    FrontHandler(Map<String, HttpListener> listeners, StrictHead heads, Tracer tracer, Carriage carriage) {
        this.listeners = listeners;
        this.heads = heads;
        this.tracer = tracer;
        this.carriage = carriage;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Callback watched = HeadWatch.busy(request, callback);
        HttpListener listener =
                listeners.get(request.getConnectionMetaData().getConnector().getName());
        if (listener == null) {
            return false;
        }
        switch (heads.read(request, listener.name())) {
            case StrictHead.Result.Refused(int status, String detail) ->
                carriage.errors().refuse(request, response, watched, status, detail);
            case StrictHead.Result.Read(HttpFacts facts) ->
                tracer.begin(facts)
                        .map(trace -> traced(trace, listener, facts, request, response, watched))
                        .orElseGet(() ->
                                new Exchange(carriage, listener, facts, RequestTrace.NONE, request, response, watched))
                        .begin();
        }
        return true;
    }

    private Exchange traced(
            RequestTrace trace,
            HttpListener listener,
            HttpFacts head,
            Request request,
            Response response,
            Callback callback) {
        Request.addCompletionListener(request, failure -> trace.done(response.getStatus(), failure == null));
        return new Exchange(carriage, listener, head.with(trace), trace, request, response, callback);
    }
}
