package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Reply;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests that the HTTP server itself could not read, in the shape of the front they were meant for.
/// The connection ends with each of them: what follows on it cannot be told apart from the rest of the bad
/// request.
final class ErrorReplies implements Request.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private final Map<String, HttpListener> listeners;
    private final ReplyWriter writer;
    private final RequestIds ids;

    ErrorReplies(Map<String, HttpListener> listeners, ReplyWriter writer, RequestIds ids) {
        this.listeners = listeners;
        this.writer = writer;
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(request, response.getStatus());
        refuse(request, response, callback, status, detail(status));
        return true;
    }

    /// Refuses a request without facts.
    void refuse(Request request, Response response, Callback callback, int status, String detail) {
        HttpListener listener =
                listeners.get(request.getConnectionMetaData().getConnector().getName());
        Reply reply = listener == null
                ? Reply.problem(status, "invalid_request", detail)
                : listener.front().unreadable(Optional.empty(), status, detail);
        String id = ids.next();
        response.reset();
        response.write(true, writer.begin(completed(reply, status), id, response), callback);
    }

    /// The reply with the headers that its status asks for (RFC 9110 sections 15.5.6 and 15.6.4).
    Reply completed(Reply reply, int status) {
        Reply whole = reply;
        if (status == 405 && absent(reply, "Allow")) {
            whole = whole.with("Allow", METHODS);
        }
        if (status == 503 && absent(reply, "Retry-After")) {
            whole = whole.with("Retry-After", "1");
        }
        return whole.closing();
    }

    private static boolean absent(Reply reply, String name) {
        return reply.headers().stream().noneMatch(header -> header.name().equalsIgnoreCase(name));
    }

    private static int status(Request request, int given) {
        int status = given;
        Object failure = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        if (failure instanceof HttpException http) {
            status = http.getCode();
        } else if (failure instanceof CutException) {
            status = 503;
        } else if (failure instanceof QuietException) {
            // The caller has gone in the middle of its request; nobody reads the answer.
            status = 400;
        } else if (failure instanceof Throwable bug) {
            LOG.error("the HTTP server met a bug", bug);
            status = 503;
        }
        return switch (status) {
            case 408, 413, 414, 431, 503 -> status;
            default -> status >= 500 && status != 505 ? 503 : 400;
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 408 -> "The request took too long.";
            case 413 -> "The body is too large.";
            case 414 -> "The request target is too long.";
            case 431 -> "The headers are too large.";
            case 503 -> "The request cannot be served at the moment.";
            default -> "The request is malformed.";
        };
    }
}
