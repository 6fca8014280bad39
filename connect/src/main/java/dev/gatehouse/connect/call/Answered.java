package dev.gatehouse.connect.call;

import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched;
import java.util.List;

/// What a call through a connection came to.
public sealed interface Answered {
    /// The platform's answer, whatever it says: its own user's rights come through.
    ///
    /// @param headers those that a caller may see
    record ByPlatform(int status, List<Header> headers, Bytes body) implements Answered {
        /// Keeps a copy of the headers.
        public ByPlatform {
            headers = List.copyOf(headers);
        }

        /// Without the body.
        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    /// The credential is of no use now.
    ///
    /// @param why never [Usable.Ready]
    /// @param sent whether the platform was asked, and took the credential no more
    record NotUsable(Usable why, boolean sent) implements Answered {}

    /// Too many calls of this node are under way, to this platform or in all.
    ///
    /// @param sent whether the platform was asked before, and took the credential no more
    record Busy(boolean sent) implements Answered {}

    /// The platform takes the credential no more, a fresh one neither.
    record Rejected() implements Answered {}

    /// Nothing was sent, because this is no call to the platform of the connection.
    record NoCall() implements Answered {}

    /// The TLS handshake failed in which the connection's certificate is shown. Nothing was done. Whose fault that
    /// is nobody says, so that the connection stays as it is.
    record Barred() implements Answered {}

    /// There was no answer.
    record NoAnswer(Fetched why) implements Answered {}
}
