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
    private final Carriage carriage;

    FrontHandler(Map<String, HttpListener> listeners, StrictHead heads, Carriage carriage) {
        this.listeners = listeners;
        this.heads = heads;
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
                new Exchange(carriage, listener, facts, request, response, watched).begin();
        }
        return true;
    }
}
