package dev.gatehouse.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What wrk sends: one request over and over, or a script that makes them.
///
/// @param url where to
/// @param script Lua for wrk, or nothing
record Load(String url, Map<String, String> headers, String script) implements Bench.Traffic {
    @Override
    public Outcome run(Bench bench, Duration time, int connections) {
        return Wrk.run(bench, this, time, connections);
    }

    static Load get(String url) {
        return new Load(url, Map.of(), "");
    }

    static Load get(String url, String bearer) {
        return new Load(url, Map.of("Authorization", "Bearer " + bearer), "");
    }

    /// What nginx asks with `auth_request` about a call.
    static Load verdict(String url, String host, String bearer) {
        return new Load(
                url,
                Map.of(
                        "Authorization", "Bearer " + bearer,
                        "X-Original-Method", "GET",
                        "X-Original-URI", "/orders/17",
                        "X-Forwarded-Host", host,
                        "X-Forwarded-Proto", "http",
                        "X-Forwarded-For", "127.0.0.1"),
                "");
    }

    /// A form, with the client in `Authorization: Basic`.
    static Load form(String url, String basic, String form) {
        return new Load(
                url,
                Map.of("Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded"),
                "wrk.method = \"POST\"\nwrk.body = \"" + form + "\"\n");
    }

    /// Requests whose bearer is the next line of a file, over and over.
    ///
    /// @param from how many lines to leave out at first
    static Load bearersOf(String url, String file, long from) {
        return new Load(url, Map.of(), """
                function init(args)
                  keys = {}
                  for line in io.lines("%s") do keys[#keys + 1] = line end
                  at = %d
                end
                function request()
                  at = at %% #keys + 1
                  return wrk.format("GET", nil, {["Authorization"] = "Bearer " .. keys[at]})
                end
                """.formatted(file, from));
    }

    List<String> headerLines() {
        return new TreeMap<>(headers)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList();
    }
}
