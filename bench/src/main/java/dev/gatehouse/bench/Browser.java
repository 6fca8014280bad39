package dev.gatehouse.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A person's browser with its cookies, at whatever server: it signs in where it is asked to, says yes where it is
/// asked, and stops where an application would have it back.
final class Browser {
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"");
    private static final Pattern ONWARDS = Pattern.compile("0;url=(.*)");
    private static final int STEPS = 12;

    private final HttpClient http;
    private final String username;
    private final String password;

    Browser(String username, String password) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build();
        this.username = username;
        this.password = password;
    }

    /// Where somebody is led who opens this address, once it begins with `stop`.
    String led(URI from, String stop) {
        URI here = from;
        HttpResponse<String> page = get(here);
        for (int step = 0; step < STEPS; step++) {
            String next = next(page);
            if (next.startsWith(stop)) {
                return next;
            }
            if (!next.isEmpty()) {
                here = here.resolve(next);
                page = get(here);
            } else {
                Matcher action = ACTION.matcher(page.body());
                if (page.statusCode() != 200 || !action.find()) {
                    throw new BenchException("a browser that gets nowhere: " + here + " says " + page.statusCode());
                }
                here = here.resolve(action.group(1));
                page = post(here, typed(page.body()), "");
            }
        }
        throw new BenchException("a browser that goes in circles at " + here);
    }

    private static String next(HttpResponse<String> page) {
        if (page.statusCode() / 100 == 3) {
            return page.headers().firstValue("Location").orElse("");
        }
        Matcher onwards = ONWARDS.matcher(page.headers().firstValue("Refresh").orElse(""));
        return onwards.matches() ? onwards.group(1) : "";
    }

    private String typed(String page) {
        Map<String, String> values = new HashMap<>();
        Matcher inputs = INPUT.matcher(page);
        while (inputs.find()) {
            Matcher name = NAME.matcher(inputs.group());
            Matcher value = VALUE.matcher(inputs.group());
            if (name.find()) {
                values.put(name.group(1), value.find() ? value.group(1) : "");
            }
        }
        values.computeIfPresent("username", (_, _) -> username);
        values.computeIfPresent("password", (_, _) -> password);
        if (page.contains("id=\"allow\"")) {
            values.put("decision", "allow");
        }
        return form(values);
    }

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).header("Accept", "text/html"));
    }

    /// @param basic who sends it, or nothing
    HttpResponse<String> post(URI address, String form, String basic) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!basic.isEmpty()) {
            request.header("Authorization", "Basic " + basic);
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BenchException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
