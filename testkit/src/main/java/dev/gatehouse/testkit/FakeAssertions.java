package dev.gatehouse.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Assertions that a fake platform takes: signed with RS256 by a key that it knows, for it, each once.
final class FakeAssertions {
    private static final Pattern JTI = Pattern.compile("\"jti\":\"([^\"]+)\"");

    private final List<PublicKey> keys = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    synchronized void trust(PublicKey key) {
        keys.add(key);
    }

    synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    synchronized boolean take(String assertion) {
        String[] parts = assertion.split("[.]", -1);
        if (parts.length != 3 || keys.stream().noneMatch(key -> signed(key, parts))) {
            return false;
        }
        String header = decoded(parts[0]);
        String claims = decoded(parts[1]);
        Matcher id = JTI.matcher(claims);
        boolean fresh = id.find() && !ids.contains(id.group(1));
        if (fresh && header.contains("\"alg\":\"RS256\"") && claims.contains("\"aud\":\"https://fake.test")) {
            ids.add(id.group(1));
            return taken.add(claims);
        }
        return false;
    }

    private static boolean signed(PublicKey key, String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
