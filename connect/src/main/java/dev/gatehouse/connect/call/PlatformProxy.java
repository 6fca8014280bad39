package dev.gatehouse.connect.call;

import dev.gatehouse.connect.refresh.Refresher;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import java.util.Optional;

/// Makes calls at platforms with the credentials of connections. Where a platform answers 401 the credential is
/// renewed and the call is made once more, since a server that answers so has done nothing. A 403 is about the
/// rights of the platform's user, and the caller's business. Blocks; for virtual threads.
///
/// @param most the most bytes of an answer
public record PlatformProxy(Refresher refresher, Egress egress, int most) {
    private static final int UNAUTHORIZED = 401;

    /// Makes a call through a connection whose row has just been read.
    public Answered call(SealedConnection row, PlatformCall call) {
        return switch (refresher.use(row)) {
            case Usable.Ready ready -> {
                Answered first = sent(call, ready, false);
                yield first instanceof Answered.ByPlatform answer && answer.status() == UNAUTHORIZED
                        ? again(row.connection().id(), call, ready)
                        : first;
            }
            case Usable other -> new Answered.NotUsable(other, false);
        };
    }

    private Answered again(Id connection, PlatformCall call, Usable.Ready refused) {
        return switch (refresher.use(connection, refused.connection().credential())) {
            case Usable.Ready ready -> {
                Answered second = sent(call, ready, true);
                yield second instanceof Answered.ByPlatform answer && answer.status() == UNAUTHORIZED
                        ? new Answered.Rejected()
                        : second;
            }
            case Usable.Rejected _ -> new Answered.Rejected();
            case Usable other -> new Answered.NotUsable(other, true);
        };
    }

    private Answered sent(PlatformCall call, Usable.Ready ready, boolean before) {
        Optional<EgressRequest> request = call.with(ready, most);
        if (request.isEmpty()) {
            return new Answered.NoCall();
        }
        return switch (egress.fetch(request.get())) {
            case Fetched.Answer answer ->
                new Answered.ByPlatform(
                        answer.status(),
                        AnswerHeaders.passed(AnswerHeaders.timed(answer, ready.platform()), ready),
                        answer.body());
            case Fetched.Refused refused -> new Answered.NoAnswer(refused);
            case Fetched.Unreachable(Fetched.Cause cause, boolean _)
            when cause == Fetched.Cause.BUSY -> new Answered.Busy(before);
            case Fetched.Unreachable unreachable
            when unreachable.certificateRefused() && ready.way().identified() -> new Answered.Barred();
            case Fetched.Unreachable unreachable -> new Answered.NoAnswer(unreachable);
        };
    }
}
