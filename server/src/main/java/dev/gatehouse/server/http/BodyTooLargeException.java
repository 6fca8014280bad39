package dev.gatehouse.server.http;

import java.io.IOException;

/// Why a call ended early: its body turned out to be larger than the listener passes on.
final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    BodyTooLargeException() {
        super("the body is too large");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
