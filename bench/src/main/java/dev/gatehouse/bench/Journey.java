package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Traffic;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What an application does that people sign in to, over and over by many of them at once: it has a browser fetch a
/// code and redeems that, or it refreshes its tokens. All of them have signed in before.
final class Journey implements Traffic {
    static final String REDIRECT = "http://127.0.0.1:9/cb";
    static final String PASSWORD = "a person of the benchmark";

    /// As many as that none of them comes to the bound of grants to one application.
    static final int PEOPLE = 256;

    /// The pair of RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern REFRESH = Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"");

    private final URI authorize;
    private final URI token;
    private final String basic;
    private final boolean refresh;
    private final List<Walker> walkers = new ArrayList<>();

    /// @param origin of the server
    /// @param basic the client and its secret
    /// @param refresh whether tokens are refreshed, rather than people sent to fetch codes
    Journey(String origin, String client, String basic, boolean refresh) {
        this.authorize = URI.create(origin + "/oauth2/authorize?"
                + Browser.form(Map.of(
                        "response_type", "code",
                        "client_id", client,
                        "redirect_uri", REDIRECT,
                        "scope", "openid offline_access orders:read",
                        "state", "af0ifjsldkj",
                        "nonce", "n-0S6_WzA2Mj",
                        "code_challenge", CHALLENGE,
                        "code_challenge_method", "S256")));
        this.token = URI.create(origin + "/oauth2/token");
        this.basic = basic;
        this.refresh = refresh;
    }

    static String username(int number) {
        return "person" + number;
    }

    @Override
    public Outcome run(Bench bench, Duration time, int connections) {
        while (walkers.size() < connections) {
            walkers.add(new Walker(walkers.size()));
        }
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> running = walkers.subList(0, connections).stream()
                    .map(walker -> threads.submit(() -> walker.until(end)))
                    .toList();
            List<Long> nanos = new ArrayList<>();
            for (Future<List<Long>> walk : running) {
                nanos.addAll(walk.get());
            }
            return outcome(nanos, (System.nanoTime() - begin) / 1e9);
        } catch (ExecutionException e) {
            throw new BenchException("a journey did not come to its end: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static Outcome outcome(List<Long> nanos, double seconds) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Outcome(
                sorted.length, 0, seconds, sorted[sorted.length / 2] / 1e3, sorted[(int) (sorted.length * 0.99)] / 1e3);
    }

    /// Some people, each with a browser, one after the other, and what the application holds for one of them.
    private final class Walker {
        private final List<Browser> browsers;
        private int turn;
        private String last = "";

        /// @param number of the first of them; they are every sixteenth from there
        Walker(int number) {
            browsers = IntStream.range(0, refresh ? 1 : PEOPLE / Bench.CONNECTIONS)
                    .mapToObj(i -> new Browser(username(number + i * Bench.CONNECTIONS), PASSWORD))
                    .toList();
            browsers.forEach(browser -> last = redeemed(browser.led(authorize, REDIRECT)));
        }

        List<Long> until(long end) {
            List<Long> took = new ArrayList<>();
            for (long now = System.nanoTime(); now < end; ) {
                last = refresh ? refreshed() : redeemed(fetched());
                long then = System.nanoTime();
                took.add(then - now);
                now = then;
            }
            return took;
        }

        /// Who has signed in and said yes is led back at once.
        private String fetched() {
            HttpResponse<String> answer = browsers.get(turn++ % browsers.size()).get(authorize);
            return answer.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new BenchException("no code: " + answer.statusCode() + ' ' + answer.body()));
        }

        private String redeemed(String back) {
            return tokens(Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    group(CODE, back),
                    "redirect_uri",
                    REDIRECT,
                    "code_verifier",
                    VERIFIER));
        }

        private String refreshed() {
            return tokens(Map.of("grant_type", "refresh_token", "refresh_token", last));
        }

        private String tokens(Map<String, String> form) {
            return group(
                    REFRESH,
                    browsers.getFirst().post(token, Browser.form(form), basic).body());
        }

        private static String group(Pattern pattern, String text) {
            Matcher found = pattern.matcher(text);
            if (!found.find()) {
                throw new BenchException("not what was asked for: " + text);
            }
            return found.group(1);
        }
    }
}
