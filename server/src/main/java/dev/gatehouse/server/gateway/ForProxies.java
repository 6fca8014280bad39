package dev.gatehouse.server.gateway;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers that every proxy understands the same way (GAUNTLET K09). nginx takes anything but 2xx, 401 and 403
/// for a failure, others hand what they get to the caller, so there are four: 200, 401, 403 and 503.
final class ForProxies {
    /// What only a 200 of ours has: a proxy that looks for it lets nothing pass because something else answered.
    private static final String VERDICT = "X-Gatehouse-Verdict";

    private ForProxies() {}

    /// Lets a call pass. Every identity header is there, empty where nothing is to be said, so that a proxy which
    /// copies them overwrites whatever the caller sent under their names.
    ///
    /// @param left what is left under a limit, for proxies that hand it on
    static Reply passing(List<Header> identity, List<Header> left) {
        List<Header> headers = new ArrayList<>(identity);
        headers.add(new Header(VERDICT, identity.isEmpty() ? "open" : "identified"));
        for (String name : IdentityHeaders.NAMES) {
            if (identity.stream().noneMatch(header -> header.name().equals(name))) {
                headers.add(new Header(name, ""));
            }
        }
        headers.addAll(left);
        return uncached(new Reply(200, headers, new Body.Empty(), false));
    }

    /// A refusal of the gateway under the status that stops the call.
    static Reply refusal(Reply reply) {
        int status = status(reply.status());
        List<Header> headers = reply.headers().stream()
                .filter(header -> !header.name().equals("Allow"))
                .toList();
        Reply out = new Reply(status, headers, body(reply.body(), status), false);
        boolean hinted = headers.stream().anyMatch(header -> header.name().equals("Retry-After"));
        return uncached(status == 503 && !hinted ? out.with("Retry-After", "1") : out);
    }

    private static int status(int gateway) {
        return switch (gateway) {
            case 401 -> 401;
            case 408, 429, 500, 502, 503, 504 -> 503;
            default -> 403;
        };
    }

    private static Body body(Body body, int status) {
        return switch (body) {
            // Such a body says its status (RFC 9457 section 3.1.2); what a dialect says is the dialect's own.
            case Body.Json(String mediaType, Map<String, ?> members)
            when mediaType.equals(Reply.PROBLEM) -> {
                Map<String, Object> changed = new LinkedHashMap<>(members);
                changed.put("status", status);
                yield new Body.Json(mediaType, changed);
            }
            case Body.Json dialects -> dialects;
            case Body.Text text -> text;
            case Body.Binary binary -> binary;
            case Body.Empty empty -> empty;
        };
    }

    /// A verdict is about one moment: it depends on all that the proxy says, and on facts that no header names.
    private static Reply uncached(Reply reply) {
        return reply.with("Cache-Control", "no-store").with("Vary", "*");
    }
}
