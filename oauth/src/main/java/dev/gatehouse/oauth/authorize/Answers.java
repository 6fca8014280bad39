package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.keys.SigningKey;
import dev.gatehouse.oauth.token.ClientJwts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
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

    /// How long a signed answer may be on its way: longer than its code lives (JARM section 2.1 allows ten
    /// minutes).
    private static final Duration LIFE = Duration.ofMinutes(2);

    /// The most characters of a redirect: it is one header, and with the others fits into the smallest head of
    /// a reply that can be configured, 8 kB.
    private static final int MAX_REDIRECT = 7000;

    /// What a signature and the head before it take at most, with the name of the parameter.
    private static final int AROUND = 1000;

    /// Why what does not fit there is not sent, for messages.
    static final String TOO_LONG =
            "the answer is too long for a redirect: ask for less, or with response_mode=form_post";

    private final ClientJwts jwts;
    private final InstantSource clock;

    /// @param jwts signs the answers of clients that want that
    Answers(ClientJwts jwts, InstantSource clock) {
        this.jwts = jwts;
        this.clock = clock;
    }

    /// What was asked for: a code, or tokens.
    Reply given(Asked asked, Map<String, Secret> what) {
        return answer(asked, revealed(what));
    }

    /// Whether that can be sent as the client wants it. What is to be signed is measured before it is.
    boolean fits(Asked asked, Map<String, Secret> what) {
        if (asked.mode().posted()) {
            return true;
        }
        Map<String, String> members = members(asked, revealed(what));
        int length = asked.mode().signed()
                ? AROUND + claims(asked, members).length() * 4 / 3
                : text(members).length();
        return asked.redirect().length() + length < MAX_REDIRECT;
    }

    private static Map<String, String> revealed(Map<String, Secret> what) {
        Map<String, String> members = new LinkedHashMap<>();
        what.forEach((name, value) -> members.put(name, value.reveal()));
        return members;
    }

    /// @throws dev.gatehouse.core.fact.FactsUnavailable when it is to be signed and there is no key for that
    Reply error(Asked asked, AuthorizeError error) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", error.error());
        members.put("error_description", error.description());
        return answer(asked, members);
    }

    private Reply answer(Asked asked, Map<String, String> what) {
        Map<String, String> members = members(asked, what);
        Map<String, String> sent = asked.mode().signed() ? Map.of("response", signed(asked, members)) : members;
        Reply reply = asked.mode().posted()
                ? page(asked.redirect(), sent)
                : asked.mode().inFragment() ? fragment(asked.redirect(), sent) : redirect(asked.redirect(), sent);
        return reply.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
    }

    private static Map<String, String> members(Asked asked, Map<String, String> what) {
        Map<String, String> members = new LinkedHashMap<>(what);
        asked.form().value("state").ifPresent(state -> members.put("state", state));
        members.put("iss", asked.api().issuer());
        return members;
    }

    /// JARM section 2.1: what would be parameters, and whom it is for until when. `iss` is in it and nowhere else
    /// (RFC 9207 section 2.4).
    private String signed(Asked asked, Map<String, String> members) {
        return jwts.write(
                asked.api(),
                asked.api()
                        .clients()
                        .signing(
                                SignedAnswer.AUTHORIZATION,
                                asked.client().application().terms()),
                SigningKey.PLAIN,
                claims(asked, members).getBytes(StandardCharsets.UTF_8));
    }

    private String claims(Asked asked, Map<String, String> members) {
        StringBuilder out = new StringBuilder(400).append('{');
        members.forEach((name, value) -> {
            JsonText.member(out, name, value);
            out.append(',');
        });
        JsonText.member(out, "aud", asked.client().application().clientId());
        return out.append(",\"exp\":")
                .append(clock.instant().plus(LIFE).getEpochSecond())
                .append('}')
                .toString();
    }

    /// 303, so that no browser sends a password again to where it is sent (RFC 9700 section 4.12).
    static Reply redirect(String uri, Map<String, String> members) {
        String query = text(members);
        String separator = uri.indexOf('?') < 0 ? "?" : "&";
        return to(query.isEmpty() ? uri : uri + separator + query);
    }

    /// No redirect URI has a fragment of its own (RFC 6749 section 3.1.2).
    private static Reply fragment(String uri, Map<String, String> members) {
        return to(uri + '#' + text(members));
    }

    private static Reply to(String target) {
        return new Reply(303, List.of(new Header("Location", target)), new Body.Empty(), false);
    }

    private static String text(Map<String, String> members) {
        return members.entrySet().stream()
                .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
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
