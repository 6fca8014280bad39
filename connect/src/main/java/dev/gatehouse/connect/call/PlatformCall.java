package dev.gatehouse.connect.call;

import dev.gatehouse.connect.key.Identities;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Put;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.api.CanonicalPath;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.CallerClaims;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.ClientIdentity;
import dev.gatehouse.egress.EgressRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A request to a platform before a credential is on it.
///
/// @param path below the platform's base; canonical, or there is no call
/// @param query raw, without `?`
public record PlatformCall(String method, String path, Optional<String> query, List<Header> headers, Bytes body) {
    private static final Pattern QUERY = Pattern.compile("[!$-~]*");

    /// Whoever calls says nothing about where the message goes, where it ends, or which page it is from; what
    /// else it says about itself is among [CallerClaims]. The platform hears of the connection alone (GAUNTLET
    /// J08).
    private static final Set<String> NOT_PASSED = Set.of(
            "cookie",
            "host",
            "connection",
            "keepalive",
            "contentlength",
            "transferencoding",
            "te",
            "trailer",
            "upgrade",
            "http2settings",
            "expect",
            "acceptencoding",
            "via",
            "origin",
            "referer");

    private static final List<String> NOT_PASSED_FAMILIES = List.of("xgatehouse", "proxy");

    /// Keeps a copy of the headers.
    public PlatformCall {
        headers = List.copyOf(headers);
    }

    /// The same without this header.
    public PlatformCall without(String header) {
        return new PlatformCall(
                method,
                path,
                query,
                headers.stream()
                        .filter(one -> !one.folded().equals(Header.fold(header)))
                        .toList(),
                body);
    }

    /// The request with the credential on it. Empty when the path or the query is not one, when the caller sets a
    /// parameter that the credential goes into, or when the credential does not lead to the platform.
    ///
    /// @param most how many bytes of body the answer may have
    public Optional<EgressRequest> with(Usable.Ready ready, int most) {
        Platform.Way way = ready.way();
        Map<String, String> values = ready.parts().reveal();
        Optional<String> base = way.base().fill(values).map(PlatformCall::withoutSlash);
        if (!CanonicalPath.isCanonical(path)
                || !query.map(text -> QUERY.matcher(text).matches()).orElse(true)
                || base.filter(ready.platform()::owns).isEmpty()
                || !pathOf(base.get()).map(CanonicalPath::isCanonical).orElse(true)) {
            return Optional.empty();
        }
        Optional<ClientIdentity> identity = Identities.of(way, values);
        if (way.identified() && identity.isEmpty()) {
            return Optional.empty();
        }
        List<Header> sent =
                new ArrayList<>(headers.stream().filter(this::passed).toList());
        List<String> parameters =
                new ArrayList<>(query.filter(text -> !text.isEmpty()).stream().toList());
        for (Put put : way.puts()) {
            if (!on(put, values, sent, parameters)) {
                return Optional.empty();
            }
        }
        String url = base.get() + path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
        return Optional.of(new EgressRequest(method, url, sent, body, most).by(identity));
    }

    private boolean on(Put put, Map<String, String> values, List<Header> sent, List<String> parameters) {
        return switch (put) {
            case Put.Header(String name, var value) ->
                value.fill(values).map(text -> set(sent, name, text)).orElse(false);
            case Put.Query(String name, var value) ->
                !names(name)
                        && value.fill(values)
                                .map(text -> parameters.add(encoded(name) + "=" + encoded(text)))
                                .orElse(false);
            case Put.Basic basic ->
                basic(basic, values)
                        .map(text -> set(sent, "Authorization", "Basic " + text))
                        .orElse(false);
        };
    }

    /// Name and password as they are sent.
    static Optional<String> basic(Put.Basic put, Map<String, String> values) {
        return put.user()
                .fill(values)
                .filter(text -> text.indexOf(':') < 0)
                .flatMap(text -> put.password().fill(values).map(secret -> base64(text + ":" + secret)));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean set(List<Header> sent, String name, String value) {
        sent.removeIf(header -> header.folded().equals(Header.fold(name)));
        return sent.add(new Header(name, value));
    }

    /// Whether the caller's query has this parameter, in whatever spelling.
    private boolean names(String parameter) {
        for (String pair : query.orElse("").split("&", -1)) {
            String name = pair.substring(0, pair.indexOf('=') < 0 ? pair.length() : pair.indexOf('='));
            if (name.indexOf('%') >= 0 || name.equalsIgnoreCase(parameter)) {
                return true;
            }
        }
        return false;
    }

    private boolean passed(Header header) {
        String name = header.folded();
        return !named().contains(name)
                && !CallerClaims.contain(name)
                && !NOT_PASSED.contains(name)
                && NOT_PASSED_FAMILIES.stream().noneMatch(name::startsWith);
    }

    /// What the caller means for the next hop alone (RFC 9110 section 7.6.1).
    private Set<String> named() {
        return headers.stream()
                .filter(header -> header.folded().equals("connection"))
                .flatMap(header -> Stream.of(header.value().split(",", -1)))
                .map(name -> Header.fold(name.strip()))
                .collect(Collectors.toSet());
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static Optional<String> pathOf(String base) {
        int path = base.indexOf('/', "https://".length());
        return path < 0 ? Optional.empty() : Optional.of(base.substring(path));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Without the query, which may carry secrets.
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
