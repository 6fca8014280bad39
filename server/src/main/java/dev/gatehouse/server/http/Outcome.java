package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What to do with a request.
public sealed interface Outcome {
    /// Answer now. A body that was not read is not waited for.
    record Answer(Reply reply) implements Outcome {}

    /// Read the body, at most `limit` bytes (413 beyond), then go on with the facts that hold it. Stays on the
    /// server's threads.
    record ReadBody(int limit, Function<HttpFacts, Outcome> next) implements Outcome {}

    /// Go on where blocking is allowed: on a virtual thread, admitted by the bulkhead of this class of work (503
    /// when it is full).
    record Block(Work work, Supplier<Outcome> next) implements Outcome {}

    /// Pass the request on and stream both ways.
    ///
    /// @param upstream scheme, host and port to connect to
    /// @param target path and query to ask for, byte for byte
    /// @param headers every header to send, in order, besides those that frame the body and `Host` (which is the
    ///     upstream's)
    /// @param alive asked again after facts have changed; once false, the stream is cut
    /// @param credentialed whether the answer rests on a credential and so must not be kept by shared caches
    /// @param answered headers of ours on the answer, besides those that every answer has
    /// @param body the body, where it has been read; otherwise it streams on
    /// @param hearing who else hears the answer
    /// @param signing who signs it
    record Forward(
            URI upstream,
            String target,
            List<Header> headers,
            BooleanSupplier alive,
            boolean credentialed,
            List<Header> answered,
            Optional<Bytes> body,
            Optional<Hearing> hearing,
            Optional<Signing> signing)
            implements Outcome {
        /// Keeps copies of the headers.
        public Forward {
            headers = List.copyOf(headers);
            answered = List.copyOf(answered);
        }

        /// One whose answer nobody signs.
        public Forward(
                URI upstream,
                String target,
                List<Header> headers,
                BooleanSupplier alive,
                boolean credentialed,
                List<Header> answered,
                Optional<Bytes> body,
                Optional<Hearing> hearing) {
            this(upstream, target, headers, alive, credentialed, answered, body, hearing, Optional.empty());
        }

        /// One whose body streams on and whose answer only the caller gets, without headers of ours.
        public Forward(URI upstream, String target, List<Header> headers, BooleanSupplier alive, boolean credentialed) {
            this(upstream, target, headers, alive, credentialed, List.of(), Optional.empty(), Optional.empty());
        }
    }

    /// Signs answers of an upstream that end before they are too long. Longer ones, and streams of events, go on as
    /// they come and are not signed.
    ///
    /// @param limit the most bytes of an answer
    /// @param header says the signature
    /// @param sharer who has a share of the memory for answers that are held
    /// @param sign the signature of a whole body; empty when there is none
    /// @param unsigned told of each answer that goes without
    record Signing(
            int limit,
            String header,
            String sharer,
            Function<ByteBuffer, Optional<String>> sign,
            Consumer<Unsigned> unsigned) {}

    /// Why an answer goes without a signature.
    enum Unsigned {
        /// It is too long to be held.
        TOO_LONG("too_long"),
        /// Too many others are held.
        NO_MEMORY("no_memory"),
        /// It is a stream of events.
        EVENTS("events"),
        /// It is no text, or its key cannot be read any more.
        NO_TEXT("no_text");

        private final String word;

        Unsigned(String word) {
            this.word = word;
        }

        /// As metrics say it.
        public String word() {
            return word;
        }
    }

    /// Hears answers of an upstream on their way to callers and cannot change them.
    ///
    /// @param limit the most bytes of an answer; longer ones go by unheard
    /// @param heard called with each answer of a status from 200 to 299, whose end the caller gets afterwards.
    ///     May block
    record Hearing(int limit, Consumer<Bytes> heard) {}

    /// Classes of blocking work, each with permits of its own, so that none starves another.
    enum Work {
        /// Facts that were not in memory.
        VERIFY,
        /// Tokens that need the database.
        MINT,
        /// Tokens that are ended: each waits until every node has heard of it.
        REVOKE,
        /// Tokens that end those before them: writes that each wait until every node has heard of it.
        REPLACE,
        /// Answers that are heard.
        HEAR,
        /// The admin API.
        ADMIN,
        /// Calls at platforms of others, which may be slow.
        PLATFORM
    }
}
