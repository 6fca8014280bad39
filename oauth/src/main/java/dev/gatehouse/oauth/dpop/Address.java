package dev.gatehouse.oauth.dpop;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Addresses of requests, compared as RFC 9449 section 4.3 has it: after normalization of scheme, host and port
/// (RFC 3986 sections 6.2.2 and 6.2.3), without query and fragment. Paths are compared as they are: requests have one
/// spelling here (GAUNTLET F02, K03).
final class Address {
    private static final int MAX_LENGTH = 4096;

    private Address() {}

    static boolean among(String address, List<String> known) {
        Optional<String> normal = normal(address);
        return normal.isPresent() && known.stream().anyMatch(one -> normal(one).equals(normal));
    }

    private static Optional<String> normal(String address) {
        if (address.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0
                || (scheme.equals("https") && uri.getPort() == 443)
                || (scheme.equals("http") && uri.getPort() == 80);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return Optional.of(
                scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort()) + path);
    }
}
