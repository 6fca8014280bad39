package dev.gatehouse.server.http;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Draws request ids: 16 hex digits, unique in the node, without order or meaning to an outsider.
final class RequestIds {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final AtomicLong state;

    RequestIds(long seed) {
        this.state = new AtomicLong(seed);
    }

    String next() {
        long z = state.addAndGet(STEP);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return HexFormat.of().toHexDigits(z ^ (z >>> 31));
    }
}
