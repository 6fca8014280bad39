package dev.gatehouse.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tokens of a fake platform. Refresh tokens rotate and are taken once; codes too, with their verifier.
final class FakeTokens {
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final FakeAssertions assertions = new FakeAssertions();
    private int given;
    private int agreed;
    private String account = "";
    private String accepted = "refresh-0";
    private String acceptedToo = "";
    private int life = 600;

    void trust(PublicKey key) {
        assertions.trust(key);
    }

    List<String> assertions() {
        return assertions.taken();
    }

    synchronized void live(int seconds) {
        life = seconds;
    }

    synchronized int given() {
        return given;
    }

    synchronized void account(String id) {
        account = id;
    }

    synchronized void expire() {
        ended.addAll(access());
    }

    /// The access tokens that count now: the newest.
    synchronized Set<String> access() {
        Set<String> alive = new HashSet<>(Set.of("access-" + given));
        alive.removeAll(ended);
        return alive;
    }

    /// Where the browser goes back to.
    synchronized String agreed(URI request) {
        Map<String, String> asked = form(request.getRawQuery());
        String code = "code-" + ++agreed;
        codes.put(code, asked);
        return asked.getOrDefault("redirect_uri", "") + "?code=" + code + "&state="
                + URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8);
    }

    /// The answer to a request for tokens.
    ///
    /// @param twice whether the refresh token before the last is taken too
    synchronized Optional<String> next(String body, boolean twice) {
        Map<String, String> form = form(body);
        boolean inOrder = switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token" -> {
                String token = form.getOrDefault("refresh_token", "");
                yield token.equals(accepted) || (twice && token.equals(acceptedToo));
            }
            case "authorization_code" -> redeemed(form);
            case "client_credentials" -> true;
            case "urn:ietf:params:oauth:grant-type:jwt-bearer" -> assertions.take(form.getOrDefault("assertion", ""));
            default -> false;
        };
        if (!inOrder) {
            return Optional.empty();
        }
        given++;
        acceptedToo = accepted;
        accepted = "refresh-" + given;
        return Optional.of(
                "{\"access_token\":\"access-" + given + "\",\"token_type\":\"bearer\",\"expires_in\":" + life + ","
                        + (account.isEmpty() ? "" : "\"account_id\":\"" + account + "\",")
                        + "\"refresh_token\":\"" + accepted + "\",\"more\":{\"x\":[1]}}");
    }

    private boolean redeemed(Map<String, String> form) {
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        return asked != null
                && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                && asked.getOrDefault("code_challenge", "").equals(challenge(form.getOrDefault("code_verifier", "")));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = Math.max(pair.indexOf('='), 0);
            form.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(Math.min(equals + 1, pair.length())), StandardCharsets.UTF_8));
        }
        return form;
    }
}
