package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.store.Detail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the audit trail keeps of an Api, nothing cut off: all that it is when it is added, and all that differs
/// when it is replaced. Of hosts, catalogue, routes and types of details these are the lines that were added and
/// removed, with the SHA-256 of all lines as they are from then on; so each state can be told, and proven, from the
/// rows up to it.
final class ApiDetail {
    private static final Set<String> LISTS = Set.of("hosts", "catalogue", "routes", "details");

    private ApiDetail() {}

    static Detail added(Api api) {
        Detail detail = named(api);
        ApiColumns.texts(api).forEach((column, text) -> {
            if (!text.isEmpty()) {
                detail.with(column, text);
            }
        });
        return detail;
    }

    static Detail replaced(Api before, Api after) {
        Detail detail = named(after);
        Map<String, String> was = ApiColumns.texts(before);
        ApiColumns.texts(after).forEach((column, now) -> {
            String then = was.getOrDefault(column, "");
            if (now.equals(then)) {
                return;
            }
            if (LISTS.contains(column)) {
                detail.with(column + "_added", beyond(then, now))
                        .with(column + "_removed", beyond(now, then))
                        .with(column + "_sha256", sha256(now));
            } else {
                detail.with(column, now).with(column + "_before", then);
            }
        });
        return detail;
    }

    private static Detail named(Api api) {
        return Detail.of("name", api.name()).with("version", api.version());
    }

    /// The lines of one text that another one lacks.
    private static String beyond(String other, String text) {
        Set<String> lines = new LinkedHashSet<>(lines(text));
        lines(other).forEach(lines::remove);
        return String.join("\n", lines);
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
