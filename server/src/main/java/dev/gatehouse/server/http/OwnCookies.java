package dev.gatehouse.server.http;

import dev.gatehouse.core.http.HttpFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cookies that Gatehouse sets in the browsers of people: how they are read, written, and kept from
/// upstreams.
public enum OwnCookies {
    /// The string of an open login.
    SESSION("gatehouse-session", Shape.SHORT),
    /// Names a browser, so that a form can be tied to it before anybody has signed in.
    BROWSER("gatehouse-browser", Shape.SHORT),
    /// What a browser has of its way to a platform and back.
    CONNECT("gatehouse-connect", Shape.SHORT),
    /// What a browser has of its way to an identity provider and back.
    FEDERATION("gatehouse-federation", Shape.SEALED);

    /// What browsers take only from the host itself, over TLS and for all of its paths (RFC 6265bis section
    /// 4.1.3.2).
    private static final String HOST_ONLY = "__Host-";

    private static final String OURS = "gatehouse-";

    /// What a value looks like.
    private enum Shape {
        /// A string that names something.
        SHORT(200, "_-"),
        /// What is sealed, with dots between.
        SEALED(4000, "_-.~");

        private final int most;
        private final String marks;

        Shape(int most, String marks) {
            this.most = most;
            this.marks = marks;
        }

        boolean fits(String value) {
            return !value.isEmpty()
                    && value.length() <= most
                    && value.chars()
                            .allMatch(c -> (c >= 'a' && c <= 'z')
                                    || (c >= 'A' && c <= 'Z')
                                    || (c >= '0' && c <= '9')
                                    || marks.indexOf(c) >= 0);
        }
    }

    private final String name;
    private final Shape shape;

    OwnCookies(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
    }

    private String name(boolean secure) {
        return secure ? HOST_ONLY + name : name;
    }

    /// Its value. Empty when it is absent, malformed, or there twice: then somebody else may have set one of them
    /// (GAUNTLET L03).
    ///
    /// @param secure whether the browser speaks TLS with us, or with a proxy before us
    public Optional<String> read(HttpFacts http, boolean secure) {
        List<String> values = new ArrayList<>(1);
        for (String line : http.values("Cookie")) {
            for (String pair : line.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(name(secure) + "=")) {
                    values.add(cookie.substring(name(secure).length() + 1));
                }
            }
        }
        return values.size() == 1 ? Optional.of(values.getFirst()).filter(shape::fits) : Optional.empty();
    }

    /// The value of a `Set-Cookie` that sets it until the browser is closed.
    public String set(String value, boolean secure) {
        return name(secure) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    /// The value of a `Set-Cookie` that takes it away.
    public String cleared(boolean secure) {
        return set("", secure) + "; Max-Age=0";
    }

    /// The value of a `Cookie` header without cookies of ours, which are credentials and go to no upstream
    /// (GAUNTLET K04). Empty when nothing is left.
    public static Optional<String> foreign(String cookies) {
        if (!cookies.contains(OURS)) {
            return Optional.of(cookies);
        }
        List<String> kept = new ArrayList<>();
        for (String pair : cookies.split(";", -1)) {
            String cookie = pair.strip();
            String named = cookie.startsWith(HOST_ONLY) ? cookie.substring(HOST_ONLY.length()) : cookie;
            if (!named.startsWith(OURS)) {
                kept.add(cookie);
            }
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", kept));
    }
}
