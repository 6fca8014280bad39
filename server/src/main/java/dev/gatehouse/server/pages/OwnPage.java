package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import java.net.URI;
import java.util.List;

/// Whether a form was sent by a page of ours, as far as the browser says.
final class OwnPage {
    private OwnPage() {}

    /// False for what says otherwise. A browser that says nothing, or `null` because our pages send no referrer
    /// (Fetch, "append a request Origin header"), is judged by the form's token alone; which browser a site is
    /// from is not guessed from anything else, least of all `Referer` (GAUNTLET L06, I03).
    static boolean sent(HttpFacts http, Api api) {
        List<String> sites = http.values("Sec-Fetch-Site");
        List<String> origins = http.values("Origin");
        boolean same = sites.isEmpty() || sites.equals(List.of("same-origin"));
        boolean own = origins.isEmpty()
                || (origins.size() == 1 && (origins.getFirst().equals("null") || isOwn(origins.getFirst(), http, api)));
        return same && own;
    }

    private static boolean isOwn(String origin, HttpFacts http, Api api) {
        return origin.equals(origin(api))
                || origin.equals("https://" + http.host())
                || origin.equals("http://" + http.host());
    }

    /// Where the Api's issuer is: what the installation says of itself, never what a request says (GAUNTLET L05).
    private static String origin(Api api) {
        URI issuer = URI.create(api.issuer());
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }

    /// Whether browsers reach the Api over TLS.
    static boolean secure(HttpFacts http, Api api) {
        return http.secure() || api.issuer().startsWith("https://");
    }
}
