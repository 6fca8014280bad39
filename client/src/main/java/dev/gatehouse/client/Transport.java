package dev.gatehouse.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// One HTTP connection pool to one base URL. Redirects are not followed, replies and waits are bounded.
final class Transport implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    private static final Duration REPLY_TIME = Duration.ofSeconds(30);
    private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
    private static final String JSON = "application/json";

    private final String base;
    private final HttpClient http;

    Transport(URI base) {
        String scheme = Optional.ofNullable(base.getScheme()).orElse("");
        if (!(scheme.equals("http") || scheme.equals("https"))
                || base.getHost() == null
                || base.getRawQuery() != null) {
            throw new IllegalArgumentException("a base URL is http(s)://HOST[:PORT], not " + base);
        }
        this.base = base.toString().replaceFirst("/+$", "");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIME)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (scheme.equals("http")) {
            builder.sslContext(trustsNobody());
        }
        this.http = builder.build();
    }

    /// A client that speaks only plain HTTP need not read the system's certificates, which takes a third of a
    /// command's time.
    private static SSLContext trustsNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(URI.create(base + target))
                .timeout(REPLY_TIME)
                .header("Accept", JSON + ", application/problem+json");
    }

    /// Sends the request and reads the object it is answered with; an empty answer is an empty object.
    Json.Obj send(HttpRequest request) {
        return show(request).answer();
    }

    /// Sends the request as [#send(HttpRequest)] does and keeps the mark of the state that is answered.
    Shown show(HttpRequest request) {
        HttpResponse<String> reply = exchange(request);
        Json.Obj body = body(reply);
        if (reply.statusCode() / 100 != 2) {
            throw refused(reply, body);
        }
        return Shown.of(body, reply.headers().firstValue("ETag"));
    }

    /// Sends the request and returns the text it is answered with.
    HttpResponse<String> sendText(HttpRequest request) {
        HttpResponse<String> reply = exchange(request);
        if (reply.statusCode() / 100 != 2) {
            throw refused(reply, body(reply));
        }
        return reply;
    }

    /// Sends the request and returns whatever is answered.
    HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_REPLY_BYTES));
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new GatehouseException.Unreachable("nothing answers at " + base, e);
        } catch (HttpTimeoutException e) {
            throw new GatehouseException.Unreachable(
                    "no reply from " + base + " within " + REPLY_TIME.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new GatehouseException.Unreachable("the connection to " + base + " broke: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatehouseException.Unreachable("interrupted while waiting for " + base, e);
        }
    }

    private Json.Obj body(HttpResponse<String> reply) {
        if (reply.body().isEmpty()) {
            return Json.Obj.EMPTY;
        }
        try {
            if (Json.parse(reply.body()) instanceof Json.Obj object) {
                return object;
            }
        } catch (JsonException e) {
            throw new GatehouseException.Unreachable(stranger(reply), e);
        }
        throw new GatehouseException.Unreachable(stranger(reply));
    }

    private String stranger(HttpResponse<String> reply) {
        return base + " answered " + reply.statusCode() + " without a JSON object; is this Gatehouse?";
    }

    private static GatehouseException.Refused refused(HttpResponse<String> reply, Json.Obj body) {
        String code = body.text("code").or(() -> body.text("error")).orElse("http_" + reply.statusCode());
        String detail =
                body.text("detail").or(() -> body.text("error_description")).orElse("");
        Optional<String> requestId =
                body.text("request_id").or(() -> reply.headers().firstValue("X-Request-Id"));
        Optional<Duration> retryAfter = reply.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return new GatehouseException.Refused(reply.statusCode(), code, detail, requestId, retryAfter);
    }

    /// Ends at once; a call under way breaks.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
