package dev.gatehouse.connect.call;

import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.Put;
import dev.gatehouse.connect.refresh.AskedPause;
import dev.gatehouse.connect.refresh.Usable;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.egress.Fetched;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which headers of a platform's answer a caller sees. Not what is between the platform and us, what a browser
/// would take for orders of Gatehouse's own host, or what repeats a credential (GAUNTLET J08).
final class AnswerHeaders {
    private static final Set<String> NOT_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "content-length",
            "date",
            "server",
            "via",
            "age",
            "expires",
            "pragma",
            "cache-control",
            "set-cookie",
            "set-cookie2",
            "www-authenticate",
            "authentication-info",
            "alt-svc",
            "clear-site-data",
            "strict-transport-security",
            "public-key-pins",
            "expect-ct",
            "nel",
            "report-to",
            "reporting-endpoints",
            "service-worker-allowed",
            "sourcemap",
            "refresh",
            "x-request-id");

    private static final List<String> NOT_PASSED_FAMILIES =
            List.of("proxy-", "access-control-", "x-gatehouse-", "content-security-policy", "cross-origin-");

    /// Shorter values are in every other header by chance.
    private static final int TELLING = 6;

    private AnswerHeaders() {}

    /// With `Retry-After` on what a limit puts off (RFC 6585 section 4), where the platform says it in another
    /// header: callers know one.
    static List<Header> timed(Fetched.Answer answer, Platform platform) {
        boolean said =
                answer.headers().stream().anyMatch(header -> header.folded().equals("retryafter"));
        List<Header> headers = new ArrayList<>(answer.headers());
        if (!said && AskedPause.limited(platform, answer)) {
            AskedPause.of(platform, answer)
                    .ifPresent(pause ->
                            headers.add(new Header("Retry-After", Long.toString(Math.max(1, pause.toSeconds())))));
        }
        return headers;
    }

    static List<Header> passed(List<Header> headers, Usable.Ready ready) {
        List<String> secrets = secrets(ready);
        return headers.stream()
                .filter(header -> named(header.name().toLowerCase(Locale.ROOT)))
                .filter(header -> secrets.stream().noneMatch(header.value()::contains))
                .toList();
    }

    private static boolean named(String name) {
        return !NOT_PASSED.contains(name) && NOT_PASSED_FAMILIES.stream().noneMatch(name::startsWith);
    }

    /// The secret parts as they are and in the forms that they are sent in.
    private static List<String> secrets(Usable.Ready ready) {
        Map<String, String> values = ready.parts().reveal();
        Stream<String> parts = values.entrySet().stream()
                .filter(part ->
                        ready.way().field(part.getKey()).map(Field::secret).orElse(true))
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= TELLING && !value.startsWith("https://"))
                .flatMap(value -> Stream.of(
                        value,
                        PlatformCall.base64(value),
                        PlatformCall.encoded(value),
                        PlatformCall.encoded(value).replace("+", "%20")));
        Stream<String> basic = ready.way().puts().stream()
                .filter(Put.Basic.class::isInstance)
                .map(Put.Basic.class::cast)
                .flatMap(put -> PlatformCall.basic(put, values).stream());
        return Stream.concat(parts, basic).toList();
    }
}
