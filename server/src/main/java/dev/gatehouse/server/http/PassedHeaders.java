package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Which headers cross the gateway. In both directions those that are meant for one connection stay behind, and
/// with them everything that `Connection` names (RFC 9110 section 7.6.1, GAUNTLET K07).
final class PassedHeaders {
    /// Framing and the host are made anew for the upstream; expectations are answered by us.
    private static final Set<String> REBUILT = Set.of("host", "contentlength", "transferencoding", "expect");

    /// What only we say to a caller, folded; `server` and `age` describe another server's place.
    private static final Set<String> NOT_FROM_UPSTREAM = Set.of("server", "xrequestid", "age", "contentlength");

    /// Orders to shared caches that would outrank `Cache-Control`, folded.
    private static final Set<String> CACHE_ORDERS = Set.of("surrogatecontrol", "expires", "xaccelexpires");

    /// Their common name (RFC 9213), and those of single networks, which come before it.
    private static final String OF_A_NETWORK = "cdncachecontrol";

    /// What all headers of the CORS protocol begin with, folded: which pages may read an answer is ours to say.
    private static final String CROSS_ORIGIN = "accesscontrol";

    /// Headers of ours that a caller cannot take away by naming them in `Connection`.
    private static final Set<String> KEPT = Set.of("xforwardedfor", "xforwardedproto", "xforwardedhost", "xrequestid");

    private PassedHeaders() {}

    static void toUpstream(List<Header> from, HttpFields.Mutable to) {
        Set<String> named = new HashSet<>();
        for (Header header : from) {
            if (header.name().equalsIgnoreCase("Connection")) {
                name(header.value(), named);
            }
        }
        for (Header header : from) {
            String folded = HeaderNames.fold(header.name());
            boolean ours = folded.startsWith(HeaderNames.OURS) || KEPT.contains(folded);
            if (ours || (!REBUILT.contains(folded) && !oneHop(header, named))) {
                to.add(header.name(), header.value());
            }
        }
    }

    private static boolean oneHop(Header header, Set<String> named) {
        String lower = HeaderNames.lower(header.name());
        return HeaderNames.hopByHop(lower) || named.contains(lower);
    }

    static void toCaller(HttpFields from, boolean credentialed, HttpFields.Mutable to) {
        Set<String> named = new HashSet<>();
        from.getFields("Connection").forEach(field -> name(field.getValue(), named));
        boolean keptPrivate = false;
        for (HttpField field : from) {
            String lower = field.getLowerCaseName();
            String folded = HeaderNames.fold(lower);
            if (HeaderNames.hopByHop(lower)
                    || named.contains(lower)
                    || folded.startsWith(HeaderNames.OURS)
                    || folded.startsWith(CROSS_ORIGIN)
                    || NOT_FROM_UPSTREAM.contains(folded)) {
                continue;
            }
            if (credentialed && folded.equals("cachecontrol")) {
                keptPrivate |= isPrivate(field);
                continue;
            }
            if (field.getHeader() == HttpHeader.DATE) {
                // Our own stands there already, for answers that come without one (RFC 9110 section 6.6.1).
                to.put(field);
            } else if (!(credentialed && ordersCaches(folded))) {
                to.add(field);
            }
        }
        if (credentialed) {
            // GAUNTLET K11, RFC 9111 section 3.5: a shared cache never keeps an answer that rests on a credential.
            to.add("Cache-Control", keptPrivate ? "private, no-store" : "no-store");
            to.add("Vary", "Authorization, Origin");
        }
    }

    private static boolean ordersCaches(String folded) {
        return CACHE_ORDERS.contains(folded) || folded.endsWith(OF_A_NETWORK);
    }

    private static boolean isPrivate(HttpField field) {
        return field.contains("private");
    }

    private static void name(String connection, Set<String> names) {
        if (connection != null) {
            for (String token : connection.split(",", -1)) {
                names.add(HeaderNames.lower(token.strip()));
            }
        }
    }
}
