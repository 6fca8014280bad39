package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a page of the audit trail is written.
enum AuditFormat {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private final String mediaType;

    AuditFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /// The `Content-Type`.
    String contentType() {
        return this == JSON ? mediaType : mediaType + "; charset=utf-8";
    }

    /// What `format` asks for, otherwise the first media type of `Accept` that is one of these, otherwise JSON.
    static Got<AuditFormat> of(HttpFacts http, Query query) {
        Optional<String> asked = query.parameter("format");
        if (asked.isEmpty()) {
            return Got.of(accepted(http));
        }
        for (AuditFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(asked.get())) {
                return Got.of(format);
            }
        }
        return Got.no(new Problem.InvalidParameter("format", "json, ndjson or csv"));
    }

    private static AuditFormat accepted(HttpFacts http) {
        for (String accept : http.values("Accept")) {
            for (String range : accept.split(",", -1)) {
                String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                Optional<AuditFormat> format = List.of(values()).stream()
                        .filter(one -> one.mediaType.equals(type))
                        .findFirst();
                if (format.isPresent()) {
                    return format.get();
                }
            }
        }
        return JSON;
    }
}
