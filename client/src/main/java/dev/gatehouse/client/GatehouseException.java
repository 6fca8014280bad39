package dev.gatehouse.client;

import java.time.Duration;
import java.util.Optional;

/// A call that did not give what was asked for.
public abstract sealed class GatehouseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GatehouseException(String message) {
        super(message);
    }

    GatehouseException(String message, Throwable cause) {
        super(message, cause);
    }

    /// The server answered, and said no: a problem body (RFC 9457) or an OAuth error (RFC 6749 section 5.2).
    public static final class Refused extends GatehouseException {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String code;
        private final String detail;
        private final String requestId;
        private final long retryAfterSeconds;

        Refused(int status, String code, String detail, Optional<String> requestId, Optional<Duration> retryAfter) {
            super(status + " " + code + (detail.isEmpty() ? "" : ": " + detail));
            this.status = status;
            this.code = code;
            this.detail = detail;
            this.requestId = requestId.orElse("");
            this.retryAfterSeconds = retryAfter.map(Duration::toSeconds).orElse(-1L);
        }

        /// The HTTP status.
        public int status() {
            return status;
        }

        /// A stable word that says what was wrong.
        public String code() {
            return code;
        }

        /// What was wrong, for people.
        public String detail() {
            return detail;
        }

        /// Names the request in the server's log.
        public Optional<String> requestId() {
            return requestId.isEmpty() ? Optional.empty() : Optional.of(requestId);
        }

        /// When to try again, if the server said so.
        public Optional<Duration> retryAfter() {
            return retryAfterSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfterSeconds));
        }
    }

    /// Nobody answered, not in time, or not in a way that Gatehouse would. Whether a write took effect is not
    /// known.
    public static final class Unreachable extends GatehouseException {
        private static final long serialVersionUID = 1;

        Unreachable(String message) {
            super(message);
        }

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
