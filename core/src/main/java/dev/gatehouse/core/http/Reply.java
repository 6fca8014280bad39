package dev.gatehouse.core.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An answer, ready to be written. `Cache-Control: no-store` is added to every reply that does not set its own
/// (O-CACHE of the gauntlet).
///
/// @param close whether the connection ends with it
public record Reply(int status, List<Header> headers, Body body, boolean close) {
    /// The media type of a problem body (RFC 9457).
    public static final String PROBLEM = "application/problem+json";

    /// Keeps a copy of the headers.
    public Reply {
        headers = List.copyOf(headers);
    }

    /// A JSON reply.
    public static Reply json(int status, Map<String, ?> members) {
        return new Reply(status, List.of(), new Body.Json("application/json", members), false);
    }

    /// A reply without a body.
    public static Reply empty(int status) {
        return new Reply(status, List.of(), new Body.Empty(), false);
    }

    /// A problem body (RFC 9457).
    ///
    /// @param code a stable word for programs, the last part of `type`
    public static Reply problem(int status, String code, String detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:gatehouse:problem:" + code);
        members.put("status", status);
        members.put("code", code);
        members.put("detail", detail);
        return new Reply(status, List.of(), new Body.Json(PROBLEM, members), false);
    }

    /// The same reply with one more header.
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body, close);
    }

    /// The same reply, after which the connection is closed.
    public Reply closing() {
        return new Reply(status, headers, body, true);
    }
}
