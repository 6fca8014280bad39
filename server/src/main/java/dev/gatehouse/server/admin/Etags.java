package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Entity tags of nouns (RFC 9110 section 8.8.3), and the preconditions that name them (section 13.1).
final class Etags {
    private static final int BYTES = 16;
    private static final int MAX_LENGTH = 2000;
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String TAG = "(?:W/)?\"[!#-~]*+\"";
    private static final Pattern TAGS = Pattern.compile(TAG + "(?:[ \t]*+,[ \t]*+" + TAG + ")*+");
    private static final Pattern BETWEEN = Pattern.compile("(?<=\")[ \t]*+,[ \t]*+(?=(?:W/)?\")");

    /// Members in the order of their names, so that every node gives one noun one tag.
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Etags() {}

    /// The strong tag of what is shown of a noun.
    static String of(Map<String, Object> shown) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(shown));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether a request names a state that it may change.
    static boolean conditional(HttpFacts http) {
        return !http.values(IF_MATCH).isEmpty();
    }

    /// Whether the preconditions of a write admit a noun with this tag: `If-Match` compares strongly, and
    /// `If-None-Match` weakly.
    static Got<Boolean> admits(HttpFacts http, String tag) {
        return tags(http, IF_MATCH)
                .then(match -> tags(http, IF_NONE_MATCH).map(none -> {
                    boolean wanted = match.isEmpty()
                            || match.get().equals(List.of("*"))
                            || match.get().contains(tag);
                    return wanted && !(none.isPresent() && named(none.get(), tag));
                }));
    }

    /// The reply to a read; 304 without a body when the caller has it already.
    static Reply unlessKnown(HttpFacts http, Reply reply) {
        Optional<String> tag = reply.headers().stream()
                .filter(header -> header.name().equals("ETag"))
                .map(Header::value)
                .findFirst();
        boolean known = tag.isPresent()
                && tags(http, IF_NONE_MATCH) instanceof Got.Value<Optional<List<String>>>(var none)
                && none.isPresent()
                && named(none.get(), tag.get());
        return known ? Reply.empty(304).with("ETag", tag.get()) : reply;
    }

    private static boolean named(List<String> tags, String tag) {
        return tags.equals(List.of("*")) || tags.contains(tag) || tags.contains("W/" + tag);
    }

    /// The tags of a precondition; absent without one.
    private static Got<Optional<List<String>>> tags(HttpFacts http, String name) {
        List<String> lines = http.values(name);
        if (lines.isEmpty()) {
            return Got.of(Optional.empty());
        }
        String value = String.join(",", lines);
        if (value.equals("*")) {
            return Got.of(Optional.of(List.of("*")));
        }
        return value.length() <= MAX_LENGTH && TAGS.matcher(value).matches()
                ? Got.of(Optional.of(List.of(BETWEEN.split(value, -1))))
                : Got.no(new Problem.InvalidHeader(name, "* or entity tags in quotes (RFC 9110 section 8.8.3)"));
    }
}
