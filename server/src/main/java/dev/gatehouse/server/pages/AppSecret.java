package dev.gatehouse.server.pages;

import dev.gatehouse.core.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The secret for an app, as pages show it and as their forms hold it: sealed for this browser and login, so that
/// whoever mistypes the code goes on with the one that its app has already.
final class AppSecret {
    private static final String SEAL = "secret ";

    private AppSecret() {}

    static Secret sealed(FormTokens tokens, Visit visit, String secret) {
        return Secret.of(secret + "~" + tokens.make(SEAL + secret, visit.holder()));
    }

    /// Empty when it is none of this browser and login.
    static Optional<String> opened(FormTokens tokens, Visit visit, String sealed) {
        int end = sealed.indexOf('~');
        String secret = sealed.substring(0, Math.max(0, end));
        return Optional.of(secret).filter(one -> tokens.good(SEAL + one, visit.holder(), sealed.substring(end + 1)));
    }

    /// In all ways in which people get it into an app.
    static View.AppKey shown(String provider, String username, String secret) {
        String uri = uri(provider, username, secret);
        return new View.AppKey(Secret.of(secret.replaceAll("(.{4})(?=.)", "$1 ")), Secret.of(uri), QrPicture.of(uri));
    }

    /// As apps take it from a link; parameters that are usual are left out by some that read them, so all stand
    /// there.
    private static String uri(String provider, String username, String secret) {
        return "otpauth://totp/" + encoded(provider) + ":" + encoded(username) + "?secret=" + secret + "&issuer="
                + encoded(provider) + "&algorithm=SHA1&digits=6&period=30";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
