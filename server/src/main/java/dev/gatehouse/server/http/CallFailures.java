package dev.gatehouse.server.http;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What a caller is told when a forwarded call comes to nothing.
final class CallFailures {
    private CallFailures() {}

    /// @param answered whether the head of an answer came, which may be out already
    /// @param byCaller what went wrong on its side
    /// @param failure what it came to
    static void tell(Exchange exchange, boolean answered, @Nullable Throwable byCaller, Throwable failure) {
        if (answered && exchange.response().isCommitted()) {
            exchange.cut();
        } else if (byCaller == null) {
            ofUpstream(exchange, failure);
        } else {
            ofCaller(exchange, byCaller);
        }
    }

    /// Its own body broke off.
    private static void ofCaller(Exchange exchange, Throwable failure) {
        switch (failure) {
            case BodyTooLargeException _ ->
                exchange.tooLarge(exchange.listener().bodyBytes());
            case TimeoutException _ -> exchange.refuse(408, "The body took too long.");
            default -> exchange.refuse(400, "The body is malformed.");
        }
    }

    /// There is no answer.
    private static void ofUpstream(Exchange exchange, Throwable failure) {
        switch (failure) {
            case TimeoutException _, SocketTimeoutException _ -> exchange.refuse(504, "The upstream took too long.");
            case ConnectException _,
                    UnknownHostException _,
                    UnresolvedAddressException _,
                    RejectedExecutionException _ -> exchange.refuse(503, "The upstream cannot be reached.");
            default -> exchange.refuse(502, "The upstream did not give a usable answer.");
        }
    }
}
