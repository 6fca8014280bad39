package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads `Authorization: Bearer` (RFC 6750 section 2.1), the only carrier of the admin API.
final class Bearer {
    private static final int MAX_LENGTH = 8192;
    private static final String SCHEME = "bearer ";

    /// `b64token` of RFC 6750 section 2.1; the underscore of keys is part of it.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

    private Bearer() {}

    static Got<Presented> read(HttpFacts http) {
        List<String> values = http.values("Authorization");
        if (values.isEmpty()) {
            return refused(new Refusal.NoCredential());
        }
        if (values.size() > 1) {
            return refused(new Refusal.SeveralCredentials());
        }
        String value = values.getFirst();
        String text = value.substring(Math.min(value.length(), SCHEME.length()));
        boolean bearer = value.substring(0, value.length() - text.length())
                .toLowerCase(Locale.ROOT)
                .equals(SCHEME);
        if (!bearer || text.length() > MAX_LENGTH || !TOKEN.matcher(text).matches()) {
            return refused(new Refusal.BadCredential("not a bearer token"));
        }
        Secret secret = Secret.of(text);
        return Got.of(
                text.startsWith("ghk_") || text.startsWith("ghs_")
                        ? new Presented.Key(secret)
                        : Presented.bearer(secret, http.thumbprint()));
    }

    private static Got<Presented> refused(Refusal refusal) {
        return Got.no(new Problem.Refused(refusal));
    }
}
