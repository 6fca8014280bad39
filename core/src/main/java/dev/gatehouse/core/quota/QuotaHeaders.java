package dev.gatehouse.core.quota;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import java.util.List;
import java.util.Optional;

/// What is left, as the header fields `RateLimit-Policy` and `RateLimit`
/// (draft-ietf-httpapi-ratelimit-headers-10, structured fields).
public final class QuotaHeaders {
    private QuotaHeaders() {}

    /// The two fields.
    public static List<Header> of(Quota quota) {
        String item = "\"" + quota.limit().word() + "\"";
        return List.of(
                new Header(
                        "RateLimit-Policy",
                        item + ";q=" + quota.rate().requests() + ";w="
                                + quota.rate().seconds()),
                new Header("RateLimit", item + ";r=" + quota.remaining() + ";t=" + quota.fullSeconds()));
    }

    /// A reply that tells what is left.
    public static Reply on(Reply reply, Quota quota) {
        Reply told = reply;
        for (Header header : of(quota)) {
            told = told.with(header.name(), header.value());
        }
        return told;
    }

    /// The refusal of a request that is over a limit: when to try again (RFC 9110 section 10.2.3), and of what
    /// there is too much where that is told.
    public static Reply refused(Reply reply, Refusal.TooMany refusal) {
        Reply later = reply.with("Retry-After", Long.toString(Math.max(1, Quota.seconds(refusal.retryAfter()))));
        Optional<Quota> quota = refusal.quota();
        return quota.isPresent() ? on(later, quota.get()) : later;
    }
}
