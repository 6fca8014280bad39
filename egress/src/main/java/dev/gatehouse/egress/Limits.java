package dev.gatehouse.egress;

import java.time.Duration;

/// The bounds of every request.
///
/// @param connect for one connection to one address
/// @param read between two reads of an answer
/// @param total from the call until the answer is complete, the look-up of the name included
/// @param headers the most bytes of a status line and headers
/// @param perHost the most requests under way to one host and port; one more is turned away at once
/// @param inAll the most requests under way; one more is turned away at once
public record Limits(Duration connect, Duration read, Duration total, int headers, int perHost, int inAll) {
    /// For servers on the internet.
    public static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30), 32 * 1024, 24, 256);

    /// Nothing without a bound.
    public Limits {
        if (connect.toMillis() < 1 || read.toMillis() < 1 || total.toMillis() < 1) {
            throw new IllegalArgumentException("a deadline is at least a millisecond");
        }
        if (headers < 1 || perHost < 1 || inAll < 1) {
            throw new IllegalArgumentException("a bound is at least 1");
        }
    }

    /// The same, complete within this time.
    public Limits within(Duration other) {
        return new Limits(connect, read, other, headers, perHost, inAll);
    }
}
