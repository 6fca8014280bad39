package dev.gatehouse.cli.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tokens of the demo's CRM. They carry what they are, so that they outlive a restart; refresh tokens are
/// taken once, codes too, with their verifier.
final class CrmTokens {
    /// How long an access token lives, in seconds: short, so that a demo shows what comes then.
    static final int LIFE = 120;

    private static final int MOST_CODES = 100;

    private final Crm crm;
    private final InstantSource clock;
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private long number;
    private long accessFrom;
    private long refreshFrom;

    CrmTokens(Crm crm, InstantSource clock) {
        this.crm = crm;
        this.clock = clock;
        this.number = clock.millis();
    }

    /// No access token counts any more that was given until now.
    synchronized void expire() {
        accessFrom = ++number;
    }

    /// No refresh token does.
    synchronized void forget() {
        refreshFrom = ++number;
        expire();
    }

    /// The code for a browser that agreed to this request.
    synchronized String agreed(Map<String, String> request) {
        if (codes.size() >= MOST_CODES) {
            codes.clear();
        }
        String code = crm.derived("code " + ++number).reveal();
        codes.put(code, request);
        return code;
    }

    /// The tokens for a request at the token endpoint: an access and a refresh token.
    synchronized Optional<String> next(Map<String, String> form) {
        boolean client = Crm.CLIENT.equals(form.get("client_id"))
                && crm.secret().reveal().equals(form.get("client_secret"));
        boolean good = client
                && switch (form.getOrDefault("grant_type", "")) {
                    case "authorization_code" -> redeemed(form);
                    case "refresh_token" -> refreshed(form.getOrDefault("refresh_token", ""));
                    default -> false;
                };
        return good
                ? Optional.of(
                        "{\"access_token\":\"" + token("access", clock.instant().plusSeconds(LIFE))
                                + "\",\"token_type\":\"bearer\",\"expires_in\":" + LIFE + ",\"refresh_token\":\""
                                + token("refresh", Instant.ofEpochSecond(Integer.MAX_VALUE)) + "\"}")
                : Optional.empty();
    }

    private boolean refreshed(String token) {
        return counts("refresh", token) && used.add(token);
    }

    private boolean redeemed(Map<String, String> form) {
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        return asked != null
                && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                && asked.getOrDefault("code_challenge", "").equals(challenge(form.getOrDefault("code_verifier", "")));
    }

    /// Whether an access token counts.
    synchronized boolean opens(String token) {
        return counts("access", token);
    }

    private String token(String kind, Instant end) {
        String text = kind + "." + ++number + "." + end.getEpochSecond();
        return text + "." + crm.derived(text).reveal();
    }

    private boolean counts(String kind, String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 4
                || !parts[0].equals(kind)
                || !crm.derived(token.substring(0, token.lastIndexOf('.')))
                        .reveal()
                        .equals(parts[3])) {
            return false;
        }
        long from = kind.equals("access") ? accessFrom : refreshFrom;
        return Long.parseLong(parts[1]) > from && clock.instant().getEpochSecond() < Long.parseLong(parts[2]);
    }

    /// RFC 7636 section 4.2.
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
}
