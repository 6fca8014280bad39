package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the form that every endpoint for clients takes by POST.
public final class FormRequest {
    /// What reading gave.
    public sealed interface Read {
        /// The parameters.
        record Sent(Form form) implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> CHARSETS = Set.of("charset=utf-8", "charset=\"utf-8\"");

    private FormRequest() {}

    /// The checks in order; the first that fails answers.
    public static Read read(HttpFacts http) {
        if (!http.method().equals("POST")) {
            return new Read.Failed(new OAuthError.WrongMethod());
        }
        // RFC 6749 section 2.3.1: credentials must not be in the URI; so nothing is (GAUNTLET C01, C02)
        if (http.query().isPresent()) {
            return failed("parameters belong in the body");
        }
        if (!http.values("Content-Encoding").isEmpty()) {
            return new Read.Failed(new OAuthError.WrongMediaType());
        }
        if (http.body().length() == 0) {
            return failed("the body is empty");
        }
        if (!form(http.values("Content-Type"))) {
            return new Read.Failed(new OAuthError.WrongMediaType());
        }
        return Form.parse(http.body().toArray())
                .<Read>map(Read.Sent::new)
                .orElseGet(() -> failed("the body is not a well-formed form without repeated parameters"));
    }

    /// Exactly one Content-Type, the form's, with no parameter but `charset=utf-8` (GAUNTLET C03).
    private static boolean form(List<String> contentTypes) {
        if (contentTypes.size() != 1) {
            return false;
        }
        List<String> parts =
                List.of(contentTypes.getFirst().toLowerCase(Locale.ROOT).split(";", 3));
        return parts.getFirst().strip().equals(FORM)
                && (parts.size() == 1
                        || (parts.size() == 2 && CHARSETS.contains(parts.get(1).strip())));
    }

    private static Read failed(String what) {
        return new Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
