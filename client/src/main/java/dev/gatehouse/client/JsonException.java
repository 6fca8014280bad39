package dev.gatehouse.client;

/// A text that is not the JSON it should be. The message says where, never what stood there.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JsonException(String message, int at) {
        super(message + " at character " + at);
    }
}
