package dev.gatehouse.egress;

import java.io.IOException;

/// An exchange that cannot go on, on its way up to where it becomes a value.
final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    private final Fetched.Cause why;

    Failed(Fetched.Cause why) {
        super(why.name());
        this.why = why;
    }

    Fetched.Cause why() {
        return why;
    }
}
