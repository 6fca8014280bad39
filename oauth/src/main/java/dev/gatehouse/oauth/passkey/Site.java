package dev.gatehouse.oauth.passkey;

import dev.gatehouse.core.api.Api;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whose pages a device makes and proves keys for: what the Api's issuer says, never what a request does (GAUNTLET
/// L05).
///
/// @param id the name of the host (WebAuthn section 4, RP ID)
/// @param origin of the pages
public record Site(String id, String origin) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    /// That of an Api; empty where browsers offer no keys: at an address without a name, or without TLS.
    public static Optional<Site> of(Api api) {
        URI issuer = URI.create(api.issuer());
        String host = issuer.getHost().toLowerCase(Locale.ROOT);
        boolean local = host.equals("localhost") || host.endsWith(".localhost");
        boolean named = !ADDRESS.matcher(host).matches();
        return named && (local || issuer.getScheme().equals("https"))
                ? Optional.of(new Site(host, origin(issuer, host)))
                : Optional.empty();
    }

    /// As browsers write it, without the usual port.
    private static String origin(URI issuer, String host) {
        int usual = issuer.getScheme().equals("https") ? 443 : 80;
        boolean plain = issuer.getPort() < 0 || issuer.getPort() == usual;
        return issuer.getScheme() + "://" + host + (plain ? "" : ":" + issuer.getPort());
    }
}
