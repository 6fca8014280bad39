package dev.gatehouse.server.connect;

import java.util.Locale;

/// Why an allowed call does not reach the platform of its connection. None of them is about the caller's own
/// credential, so that in the built-in dialect none is a 401.
public enum ConnectionFault {
    /// The platform takes the credential no more.
    CONNECTION_NEEDS_REAUTH(424, "The platform takes the connection's credential no more: connect again."),
    /// The access token has ended, and renewing it is the caller's own business.
    CONNECTION_EXPIRED(424, "The connection's access token has ended: put a fresh one in its place."),
    /// It is suspended, revoked, or outside its window.
    CONNECTION_NOT_ACTIVE(424, "The connection is not active."),
    /// There is none of this name that is the caller's.
    NOT_FOUND(404, "There is no such connection, or it is somebody else's."),
    /// The call is none that the platform may be sent.
    NO_PLATFORM_CALL(400, "This is no call to the platform of the connection."),
    /// The platform said in the TLS handshake that it does not take the connection's certificate.
    CERTIFICATE_REFUSED(502, "The platform refused the connection's certificate in the TLS handshake."),
    /// The platform cannot be reached.
    PLATFORM_UNREACHABLE(502, "The platform could not be reached."),
    /// The platform's answer was not complete in time.
    PLATFORM_SLOW(504, "The platform took too long."),
    /// The platform's answer is larger than what is passed on.
    PLATFORM_ANSWER_TOO_LARGE(502, "The platform's answer is larger than what is passed on.");

    private final int status;
    private final String told;

    ConnectionFault(int status, String told) {
        this.status = status;
        this.told = told;
    }

    /// The status of the reply.
    public int status() {
        return status;
    }

    /// A stable word for programs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What people are told.
    public String told() {
        return told;
    }
}
