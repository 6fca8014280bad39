package dev.gatehouse.server.cors;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.oauth.authorize.PushedRequestEndpoint;
import dev.gatehouse.oauth.endpoint.RevocationEndpoint;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which pages may use an Api, as browsers ask and are told: those of the origins that the Api names, and those
/// that a domain key lets in. Others are told nothing. Cookies are never allowed, so a page carries what it has
/// in headers (GAUNTLET I06).
public final class Cors {
    /// How long browsers remember a preflight: an origin that is taken away is forgotten as soon.
    private static final String MAX_AGE_SECONDS = "600";

    private static final String METHOD = "Access-Control-Request-Method";
    private static final String HEADERS = "Access-Control-Request-Headers";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final int LONGEST_HEADERS = 2048;
    private static final Pattern METHOD_NAME = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

    /// Everything is told about an answer that a page may have: it holds no credential of the browser's own.
    private static final Header EXPOSE = new Header("Access-Control-Expose-Headers", "*");

    private final FactSource facts;

    /// Goes by the Apis and domain keys of these facts.
    public Cors(FactSource facts) {
        this.facts = facts;
    }

    /// Whether pages of some origin may use the Api, so that its answers differ by origin.
    public boolean varies(Api api) {
        return !api.cors().isEmpty() || !facts.pages(api.id()).isEmpty();
    }

    /// What lets the page that asks read an answer of the Api; nothing for other pages and for callers that are
    /// none.
    public List<Header> headers(HttpFacts call, Api api) {
        Optional<Origin> page = call.origin();
        return page.isPresent() && admits(api, page.get())
                ? List.of(new Header(ALLOW_ORIGIN, page.get().text()), EXPOSE)
                : List.of();
    }

    /// A reply that the page which asks may read, where it may use the Api.
    public Reply onto(Reply reply, HttpFacts call, Api api) {
        Reply out = reply;
        for (Header header : headers(call, api)) {
            out = out.with(header.name(), header.value());
        }
        return out;
    }

    /// The same for a reply that differs by the page that asks.
    public Reply varying(Reply reply, HttpFacts call, Api api) {
        return onto(reply, call, api).with("Vary", "Origin");
    }

    /// A reply of the token endpoint. Pages read the answers to what pages ask; a client's, which has a secret,
    /// are for no page (GAUNTLET I06).
    public Reply token(Reply reply, HttpFacts http, Api api) {
        return forPages(TokenEndpoint.forPages(http), reply, http, api);
    }

    /// A reply of the revocation endpoint, by the same rule.
    public Reply revocation(Reply reply, HttpFacts http, Api api) {
        return forPages(RevocationEndpoint.forPages(http), reply, http, api);
    }

    /// A reply to a pushed authorization request, by the same rule.
    public Reply pushed(Reply reply, HttpFacts http, Api api) {
        return forPages(PushedRequestEndpoint.forPages(http), reply, http, api);
    }

    private Reply forPages(boolean pages, Reply reply, HttpFacts http, Api api) {
        return pages && http.origin().isPresent() ? varying(reply, http, api) : reply.with("Vary", "Origin");
    }

    /// Whether a request is a browser's question about another one, not a call itself (Fetch section 3.2.2).
    public static boolean asks(HttpFacts call) {
        return call.method().equals("OPTIONS")
                && !call.values("Origin").isEmpty()
                && !call.values(METHOD).isEmpty();
    }

    /// The answer to such a question, from memory; empty for a page that may not use the Api, whoever it is for.
    ///
    /// @param headers the names, in lower case, that the page may set; all when empty
    public Optional<Reply> answer(HttpFacts question, Api api, Set<String> headers) {
        Optional<Origin> page = question.origin().filter(origin -> admits(api, origin));
        Optional<String> method =
                question.only(METHOD).filter(name -> METHOD_NAME.matcher(name).matches());
        if (page.isEmpty() || method.isEmpty()) {
            return Optional.empty();
        }
        Reply reply = vary(Reply.empty(204))
                .with(ALLOW_ORIGIN, page.get().text())
                .with("Access-Control-Allow-Methods", method.get())
                .with("Access-Control-Max-Age", MAX_AGE_SECONDS);
        List<String> allowed = names(question).stream()
                .filter(name -> headers.isEmpty() || headers.contains(name))
                .toList();
        return Optional.of(
                allowed.isEmpty() ? reply : reply.with("Access-Control-Allow-Headers", String.join(", ", allowed)));
    }

    /// The answer to a page that may not use the Api: nothing that a browser takes for leave.
    public static Reply foreign() {
        return vary(Reply.problem(403, "origin_not_allowed", "Pages of this origin may not use this API."));
    }

    private static Reply vary(Reply reply) {
        return reply.with("Vary", "Origin, " + METHOD + ", " + HEADERS);
    }

    private boolean admits(Api api, Origin page) {
        return api.cors().admits(page) || facts.pages(api.id()).admits(page);
    }

    /// None of a list that cannot be read: the browser then does not send the call.
    private static List<String> names(HttpFacts question) {
        List<String> names = new ArrayList<>();
        for (String line : question.values(HEADERS)) {
            if (line.length() > LONGEST_HEADERS) {
                return List.of();
            }
            for (String part : line.split(",", -1)) {
                String name = part.strip().toLowerCase(Locale.ROOT);
                if (!HEADER_NAME.matcher(name).matches()) {
                    return List.of();
                }
                names.add(name);
            }
        }
        return names;
    }
}
