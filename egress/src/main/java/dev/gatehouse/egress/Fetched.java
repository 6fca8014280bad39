package dev.gatehouse.egress;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request to somebody else's server came to. Nothing in it names an address, so that whoever asked learns
/// nothing about the network that Gatehouse stands in.
public sealed interface Fetched {
    /// It answered, with whatever status. Redirects are answers too: nobody follows them.
    record Answer(int status, List<Header> headers, Bytes body) implements Fetched {
        /// Keeps a copy of the headers.
        public Answer {
            headers = List.copyOf(headers);
        }

        /// The value of a header that came exactly once.
        public Optional<String> only(String name) {
            List<String> values = headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
            return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
        }

        /// Without the body, which may carry tokens.
        @Override
        public String toString() {
            return status + " " + headers + " " + body;
        }
    }

    /// The request may not be made. Nobody was asked anything but the name.
    record Refused(Reason reason) implements Fetched {}

    /// There was no answer that can be read.
    ///
    /// @param sent whether the server may have had the request: what was asked may have happened
    record Unreachable(Cause cause, boolean sent) implements Fetched {}

    /// Why a request may not be made.
    enum Reason {
        /// The URL is not an absolute `http` or `https` URL of a plain host name.
        URL,
        /// The method, a header or the body may not be sent.
        REQUEST,
        /// Plain HTTP that nobody opened.
        SCHEME,
        /// A port that nobody opened.
        PORT,
        /// A numeric address that nobody opened, or a name that has one which is not public.
        ADDRESS
    }

    /// Why there was no answer.
    enum Cause {
        /// Too many requests are under way, to this host or in all.
        BUSY,
        /// The name could not be looked up.
        NAME,
        /// No connection.
        CONNECT,
        /// The TLS handshake failed: the certificate is not one for this name, or nobody trusts it; or the two
        /// do not understand each other. The server did nothing then.
        TLS,
        /// The server said in the TLS handshake that it does not take the certificate that it was shown, or wants
        /// one. It did nothing then.
        CERTIFICATE,
        /// The answer was not complete in time.
        SLOW,
        /// The answer was larger than allowed.
        LARGE,
        /// The connection broke, or what came is not HTTP as it should be.
        BROKEN
    }

    /// Whether the server said that it does not take the certificate that it was shown.
    default boolean certificateRefused() {
        return this instanceof Unreachable(Cause cause, boolean _) && cause == Cause.CERTIFICATE;
    }

    /// A short, stable word for logs and metrics.
    default String word() {
        return switch (this) {
            case Answer answer -> answer.status() / 100 + "xx";
            case Refused(Reason reason) -> "refused_" + reason.name().toLowerCase(Locale.ROOT);
            case Unreachable(Cause cause, boolean _) -> cause.name().toLowerCase(Locale.ROOT);
        };
    }
}
