package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Answers to clients through the browser. Each says who answers (`iss`, RFC 9207) and repeats the `state`
/// (RFC 6749 section 4.1.2).
final class Answers {
    /// Submits the form; its hash is in [#POLICY].
    private static final String SCRIPT = "document.forms[0].submit()";

    /// Nothing but that script may run, and nobody may frame it (GAUNTLET A09, L06).
    private static final String POLICY = "default-src 'none'; script-src 'sha256-" + ScriptHash.of(SCRIPT)
            + "'; frame-ancestors 'none'; base-uri 'none'";

    private Answers() {}

    static Reply code(Asked asked, String code) {
        return answer(asked, Map.of("code", code));
    }

    static Reply error(Asked asked, AuthorizeError error) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", error.error());
        members.put("error_description", error.description());
        return answer(asked, members);
    }

    private static Reply answer(Asked asked, Map<String, String> what) {
        Map<String, String> members = new LinkedHashMap<>(what);
        asked.form().value("state").ifPresent(state -> members.put("state", state));
        members.put("iss", asked.api().issuer());
        Reply reply = switch (asked.mode()) {
            case QUERY -> redirect(asked.redirect(), members);
            case FORM_POST -> page(asked.redirect(), members);
        };
        return reply.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    }

    /// 303, so that no browser sends a password again to where it is sent (RFC 9700 section 4.12).
    static Reply redirect(String uri, Map<String, String> members) {
        String query = members.entrySet().stream()
                .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        String separator = uri.indexOf('?') < 0 ? "?" : "&";
        String target = query.isEmpty() ? uri : uri + separator + query;
        return new Reply(303, List.of(new Header("Location", target)), new Body.Empty(), false);
    }

    /// Where a redirect to this URI leads, for people: an origin, or a scheme where the URI has no host.
    static String source(String uri) {
        String scheme = uri.substring(0, uri.indexOf(':') + 1);
        String rest = uri.substring(scheme.length());
        String host = rest.startsWith("//") ? rest.substring(2).split("[/?#]", 2)[0] : "";
        return host.isEmpty() ? scheme : scheme + "//" + host;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A form that posts itself, or by a button where no script runs.
    private static Reply page(String uri, Map<String, String> members) {
        String fields = members.entrySet().stream()
                .map(one -> "<input type=\"hidden\" name=\"" + html(one.getKey()) + "\" value=\"" + html(one.getValue())
                        + "\">")
                .collect(Collectors.joining());
        String page =
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Continue</title></head><body>"
                        + "<form method=\"post\" action=\"" + html(uri) + "\">" + fields
                        + "<noscript><button type=\"submit\">Continue</button></noscript></form><script>" + SCRIPT
                        + "</script></body></html>";
        return new Reply(200, List.of(), new Body.Text("text/html; charset=utf-8", page), false)
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff");
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
