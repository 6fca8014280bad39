package dev.gatehouse.server;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser that goes wherever it is sent, whose person signs in where that is asked and says yes to everything.
/// Unlike a
/// [Reader] it knows more than one origin.
final class Wanderer {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final Pattern ONWARDS = Pattern.compile("0;url=(.*)");
    private static final int STEPS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Person person;
    private final String stop;
    private URI here = URI.create("about:blank");
    private int signedIn;

    /// @param stop where an address begins with this, it is not opened: there is no such host
    Wanderer(Person person, String stop) {
        this.person = person;
        this.stop = stop;
    }

    /// Where the browser is.
    URI here() {
        return here;
    }

    /// How often its person had to sign in.
    int signedIn() {
        return signedIn;
    }

    /// Goes on from an address until somebody other than our pages has the browser.
    ///
    /// @return what the last page says; empty when it was not opened
    String go(URI address) throws IOException, InterruptedException {
        HttpResponse<String> page = open(address);
        for (int steps = 0; steps < STEPS; steps++) {
            URI next;
            Matcher onwards =
                    ONWARDS.matcher(page.headers().firstValue("Refresh").orElse(""));
            if (page.statusCode() / 100 == 3) {
                next = here.resolve(page.headers().firstValue("Location").orElseThrow());
            } else if (onwards.matches()) {
                next = here.resolve(onwards.group(1));
            } else if (page.body().contains("id=\"sign-in\"")) {
                signedIn++;
                page = send(
                        page, "/oauth2/sign-in", Map.of("username", person.username(), "password", person.password()));
                continue;
            } else if (page.body().contains("id=\"allow\"")) {
                page = send(page, "/oauth2/consent", Map.of("decision", "allow"));
                continue;
            } else if (page.body().contains("id=\"sign-out\"")) {
                page = send(page, "/oauth2/sign-out", Map.of("decision", "sign-out"));
                continue;
            } else {
                return page.body();
            }
            if (next.toString().startsWith(stop)) {
                here = next;
                return "";
            }
            page = open(next);
        }
        throw new AssertionError("a browser that gets nowhere: " + here + ' ' + page.body());
    }

    private HttpResponse<String> open(URI address) throws IOException, InterruptedException {
        here = address;
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpResponse<String> page, String path, Map<String, String> typed)
            throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            values.put(hidden.group(1), hidden.group(2));
        }
        values.putAll(typed);
        String form = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        here = here.resolve(path);
        return http.send(
                HttpRequest.newBuilder(here)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
