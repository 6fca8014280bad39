package dev.gatehouse.server.http;

import java.io.IOException;
import org.eclipse.jetty.io.QuietException;

/// Why a stream ended early: the rights behind it are gone, or one of its ends was too slow or broken.
final class CutException extends IOException implements QuietException {
    private static final long serialVersionUID = 1;

    CutException() {
        super("the stream was cut");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
