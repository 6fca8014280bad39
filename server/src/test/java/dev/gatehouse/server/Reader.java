package dev.gatehouse.server;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser as simple as one can be: it keeps cookies, sends forms with what stands in them, and says nothing of
/// where a request comes from. It follows no redirect by itself.
final class Reader {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final RunningServer server;
    private final String api;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Got page = new Got(0, Map.of(), "");

    Reader(RunningServer server, String api) {
        this.server = server;
        this.api = api;
    }

    /// What was answered last.
    Got page() {
        return page;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    Got open(String path, String... headers) {
        return kept(server.call(api, "GET", path, headers(headers)));
    }

    /// Where the last answer leads.
    Got follow() {
        return open(page.header("Location"));
    }

    /// Where the page that is open goes on to by itself.
    String onwards() {
        String refresh = page.header("Refresh");
        if (page.status() != 200 || !refresh.startsWith("0;url=")) {
            throw new AssertionError("a page that stays: " + page.status() + ' ' + page.text());
        }
        return refresh.substring("0;url=".length());
    }

    /// Sends the form of the page that is open: the first that leads there, or the first of all.
    ///
    /// @param more names and values of what was typed or pressed
    Got send(String path, String... more) {
        String there = "action=\"" + path + "\"";
        return post(
                path,
                Arrays.stream(page.text().split("<form"))
                        .skip(1)
                        .filter(form -> form.contains(there))
                        .findFirst()
                        .map(form -> filled(form, more))
                        .orElseGet(() -> form(more)));
    }

    /// What the first form of the open page sends.
    String form(String... more) {
        return filled(page.text(), more);
    }

    private static String filled(String form, String... more) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(form.split("</form>", 2)[0]);
        while (hidden.find()) {
            values.put(hidden.group(1), hidden.group(2));
        }
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values.entrySet().stream()
                .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Got post(String path, String form, String... headers) {
        return kept(server.form(api, path, form, headers(headers)));
    }

    /// Goes to the sign-in page and signs in.
    Got signIn(Person person) {
        return signIn(person.username(), person.password());
    }

    Got signIn(String username, String password) {
        open("/oauth2/sign-in");
        return send("/oauth2/sign-in", "username", username, "password", password);
    }

    private String[] headers(String... more) {
        List<String> headers = new ArrayList<>(List.of(more));
        if (!cookies.isEmpty()) {
            headers.add("Cookie");
            headers.add(cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ")));
        }
        return headers.toArray(String[]::new);
    }

    private Got kept(Got got) {
        got.headers().forEach((name, values) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                values.forEach(this::keep);
            }
        });
        page = got;
        return got;
    }

    private void keep(String line) {
        String pair = line.substring(0, line.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }
}
