package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.SealingKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Requests that wait for a person, carried by the person's own browser instead of a row: encrypted and
/// authenticated for one Api and one purpose. A question waits for ten minutes; a sign-in, for as long as its
/// page may lie open, counted from when the request was begun, however often it is shown again. What comes back
/// is checked from the beginning, on what is true then.
final class AskSeal {
    /// For how long a person may take to answer a question.
    static final Duration LIFE = Duration.ofMinutes(10);

    /// For how long it may take to sign in.
    public static final Duration SIGN_IN_LIFE = Duration.ofHours(2);

    /// What the person is asked.
    enum Purpose {
        SIGN_IN,
        CONSENT,
        SIGN_OUT,
        DEVICE_SIGN_IN,
        DEVICE_CONSENT
    }

    /// A request that waits.
    ///
    /// @param begun when it was first heard of
    /// @param shown to whom, in which login, which scopes were shown; at a question for consent
    /// @param pushed what it is kept under, where the client pushed it
    /// @param signed whether the client signed the parameters
    /// @param raw the parameters as they were sent, or signed
    record Waiting(
            Purpose purpose,
            Instant begun,
            Optional<Shown> shown,
            Optional<Digest> pushed,
            boolean signed,
            String raw) {
        /// One that was neither pushed nor signed.
        Waiting(Purpose purpose, Instant begun, Optional<Shown> shown, String raw) {
            this(purpose, begun, shown, Optional.empty(), false, raw);
        }

        /// Of an authorization request.
        static Waiting of(Purpose purpose, Optional<Shown> shown, Asked asked) {
            return new Waiting(purpose, asked.begun(), shown, asked.pushed(), asked.signed(), asked.raw());
        }

        Origin origin() {
            return new Origin(begun, pushed, signed, true);
        }
    }

    /// What a person was asked to consent to.
    record Shown(Id user, Id session, Scopes scopes) {}

    /// The longest text.
    static final int MAX_LENGTH = 12_000;
    private static final int ID_LENGTH = 13;
    private static final int FIELDS = 5;
    private static final String LINE = "\n";

    private final Keys keys;
    private final InstantSource clock;

    AskSeal(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// URL-safe text.
    ///
    /// @throws FactsUnavailable when the keys cannot be read now
    String seal(Waiting waiting, Api api) {
        SealingKey key = keys.ring().sealing().orElseThrow(() -> new FactsUnavailable("no sealing key"));
        String plain = String.join(
                LINE,
                waiting.purpose().name() + ' ' + clock.instant().getEpochSecond(),
                Long.toString(waiting.begun().toEpochMilli()),
                waiting.shown()
                        .map(shown ->
                                shown.user().text() + ' ' + shown.session().text())
                        .orElse(""),
                waiting.shown().map(shown -> shown.scopes().text()).orElse(""),
                waiting.pushed()
                                .map(digest -> digest.pepper() + " " + Base64Url.encode(digest.bytes()) + LINE)
                                .orElse("")
                        + waiting.raw());
        String id = key.life().id().text();
        byte[] sealed = key.seal(
                plain.getBytes(StandardCharsets.UTF_8),
                label(api, waiting.pushed().isPresent(), waiting.signed()));
        return id.substring(id.length() - ID_LENGTH) + Base64Url.encode(sealed);
    }

    /// What is sealed of a signed request opens as nothing else, so that nobody passes its own words off as signed.
    private static byte[] label(Api api, boolean pushed, boolean signed) {
        return ((signed ? "signed " : "") + (pushed ? "pushed " : "") + "authorization request " + api.id())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The reverse; empty for what was not sealed here, for this Api, or is over.
    Optional<Waiting> open(String text, Api api) {
        if (text.length() <= ID_LENGTH || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        keys.catchUp();
        return Id.parse(Kind.KEY, Kind.KEY.prefix() + '_' + text.substring(0, ID_LENGTH))
                .flatMap(id -> keys.ring().opening(id, clock.instant()))
                .flatMap(key -> Base64Url.decode(text.substring(ID_LENGTH))
                        .flatMap(bytes -> open(key, bytes, api, false).or(() -> open(key, bytes, api, true))));
    }

    private Optional<Waiting> open(SealingKey key, byte[] bytes, Api api, boolean signed) {
        return key.open(bytes, label(api, false, signed))
                .flatMap(plain -> read(plain, false, signed))
                .or(() -> key.open(bytes, label(api, true, signed)).flatMap(plain -> read(plain, true, signed)));
    }

    private Optional<Waiting> read(byte[] plain, boolean pushed, boolean signed) {
        List<String> fields =
                List.of(new String(plain, StandardCharsets.UTF_8).split(LINE, pushed ? FIELDS + 1 : FIELDS));
        String[] purpose = fields.getFirst().split(" ", 2);
        Waiting waiting = new Waiting(
                Purpose.valueOf(purpose[0]),
                Instant.ofEpochMilli(Long.parseLong(fields.get(1))),
                shown(fields.get(2), fields.get(3)),
                pushed ? Optional.of(digest(fields.get(4))) : Optional.empty(),
                signed,
                fields.getLast());
        Instant end = switch (waiting.purpose()) {
            case SIGN_IN, DEVICE_SIGN_IN -> waiting.begun().plus(SIGN_IN_LIFE);
            case CONSENT, SIGN_OUT, DEVICE_CONSENT ->
                Instant.ofEpochSecond(Long.parseLong(purpose[1])).plus(LIFE);
        };
        return Optional.of(waiting).filter(_ -> clock.instant().isBefore(end));
    }

    private static Digest digest(String field) {
        String[] parts = field.split(" ", 2);
        return Digest.of(Integer.parseInt(parts[0]), Base64Url.decode(parts[1]).orElseThrow());
    }

    private static Optional<Shown> shown(String who, String scopes) {
        int space = who.indexOf(' ');
        return space < 0
                ? Optional.empty()
                : Id.parse(Kind.USER, who.substring(0, space))
                        .flatMap(user -> Id.parse(Kind.SESSION, who.substring(space + 1))
                                .flatMap(session -> scopes(scopes).map(some -> new Shown(user, session, some))));
    }

    private static Optional<Scopes> scopes(String text) {
        return text.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(text);
    }
}
