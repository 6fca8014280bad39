package dev.gatehouse.dialect.sign;

import java.nio.ByteBuffer;

/// Whether bytes are what a [SortedQuery] writes: `name="..."` or `name=["...", "..."]`, joined by `&`. The order
/// of the names is not looked at.
final class SortedQueryForm {
    private final ByteBuffer bytes;

    private SortedQueryForm(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static boolean is(ByteBuffer bytes) {
        return bytes.hasRemaining() && new SortedQueryForm(bytes.duplicate()).pairs();
    }

    private boolean pairs() {
        do {
            if (!name() || !value()) {
                return false;
            }
        } while (met('&'));
        return !bytes.hasRemaining();
    }

    /// With the equals sign after it.
    private boolean name() {
        while (bytes.hasRemaining()) {
            byte one = bytes.get();
            if (one == '=') {
                return true;
            }
            if (one == '&' || one == '"' || one == '%' || (one >= 0 && one < ' ')) {
                return false;
            }
        }
        return false;
    }

    private boolean value() {
        if (!met('[')) {
            return string();
        }
        do {
            if (!string()) {
                return false;
            }
        } while (met(',') && met(' '));
        return met(']');
    }

    /// Of its escapes only what they begin with is looked at.
    private boolean string() {
        if (!met('"')) {
            return false;
        }
        while (bytes.hasRemaining()) {
            byte one = bytes.get();
            if (one == '"') {
                return true;
            }
            if (one < ' ' || (one == '\\' && !escaped())) {
                return false;
            }
        }
        return false;
    }

    private boolean escaped() {
        return bytes.hasRemaining() && "\"\\nrtfbu".indexOf(bytes.get()) >= 0;
    }

    private boolean met(char wanted) {
        if (bytes.hasRemaining() && bytes.get(bytes.position()) == wanted) {
            bytes.get();
            return true;
        }
        return false;
    }
}
