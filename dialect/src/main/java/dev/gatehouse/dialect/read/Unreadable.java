package dev.gatehouse.dialect.read;

import dev.gatehouse.dialect.model.Fault;
import java.io.Serial;

/// Ends the reading of one request; [DialectReader] turns it into a value. No stack trace: it is no bug.
final class Unreadable extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Unreadable(Fault fault) {
        super(fault.detail(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
