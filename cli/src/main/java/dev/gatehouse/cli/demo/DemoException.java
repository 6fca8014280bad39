package dev.gatehouse.cli.demo;

/// Why a demo cannot start, and what to do about it.
public final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
