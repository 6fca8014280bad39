package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Header;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Which headers cross the gateway. In both directions those that are meant for one connection stay behind, and
/// with them everything that `Connection` names (RFC 9110 section 7.6.1, GAUNTLET K07).
final class PassedHeaders {
    /// Framing and the host are made anew for the upstream; expectations are answered by us. Folded.
    private static final Set<String> REBUILT = Set.of("host", "contentlength", "transferencoding", "expect");

    /// What only we say to a caller, folded; `server`, `age` and `alt-svc` describe another server's place, the
    /// last one a way around us (RFC 7838).
    private static final Set<String> NOT_FROM_UPSTREAM =
            Set.of("server", "xrequestid", "age", "altsvc", "contentlength");

    /// Orders to shared caches that would outrank `Cache-Control`, folded.
    private static final Set<String> CACHE_ORDERS = Set.of("surrogatecontrol", "expires", "xaccelexpires");

    /// Their common name (RFC 9213), and those of single networks, which come before it.
    private static final String OF_A_NETWORK = "cdncachecontrol";

    /// What all headers of the CORS protocol begin with, folded: which pages may read an answer is ours to say.
    private static final String CROSS_ORIGIN = "accesscontrol";

    /// Headers of ours that a caller cannot take away by naming them in `Connection`, folded.
    private static final Set<String> KEPT = Set.of("xforwardedfor", "xforwardedproto", "xforwardedhost", "xrequestid");

    private PassedHeaders() {}

    static void toUpstream(List<Header> from, HttpFields.Mutable to) {
        Set<String> named = Set.of();
        for (Header header : from) {
            if (header.folded().equals("connection")) {
                named = named(header.value(), named);
            }
        }
        for (Header header : from) {
            String folded = header.folded();
            boolean ours = folded.startsWith(HeaderNames.OURS) || KEPT.contains(folded);
            if (ours || !(REBUILT.contains(folded) || HeaderNames.hopByHop(folded) || named.contains(folded))) {
                to.add(header.name(), header.value());
            }
        }
    }

    /// What we say is said once, whatever the upstream says under the same name; of lists both hold.
    static void ours(Header header, HttpFields.Mutable to) {
        if (header.joins()) {
            to.add(header.name(), header.value());
        } else {
            to.put(header.name(), header.value());
        }
    }

    static void toCaller(HttpFields from, boolean credentialed, HttpFields.Mutable to) {
        Set<String> named = Set.of();
        for (HttpField field : from.getFields(HttpHeader.CONNECTION)) {
            named = named(field.getValue(), named);
        }
        boolean keptPrivate = false;
        for (HttpField field : from) {
            String folded = HeaderNames.fold(field);
            if (HeaderNames.hopByHop(folded)
                    || named.contains(folded)
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

    /// What a `Connection` names besides these, folded.
    private static Set<String> named(@Nullable String connection, Set<String> before) {
        Set<String> names = new HashSet<>(before);
        if (connection != null) {
            for (String token : connection.split(",", -1)) {
                names.add(Header.fold(token));
            }
        }
        return names;
    }
}
