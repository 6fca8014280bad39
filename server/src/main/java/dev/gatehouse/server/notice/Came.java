package dev.gatehouse.server.notice;

import dev.gatehouse.egress.Fetched;

/// What came of one attempt to tell.
public sealed interface Came {
    /// It is known there.
    record Delivered() implements Came {}

    /// It may be known at another time.
    ///
    /// @param tried whether that was a try; else it only was not its turn
    record Failed(String why, boolean tried) implements Came {}

    /// It will not be told: nobody wants to know, or may.
    record Refused(String why) implements Came {}

    /// Of a request without an answer. An address that is not public may be one at another time; what else may not
    /// be asked never will be.
    static Came of(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Answer _ -> new Failed(fetched.word(), true);
            case Fetched.Unreachable(Fetched.Cause cause, boolean _) ->
                new Failed(fetched.word(), cause != Fetched.Cause.BUSY);
            case Fetched.Refused(Fetched.Reason reason) ->
                reason == Fetched.Reason.ADDRESS ? new Failed(fetched.word(), true) : new Refused(fetched.word());
        };
    }
}
