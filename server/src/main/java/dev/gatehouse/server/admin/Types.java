package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Text;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The types that several nouns share.
final class Types {
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final int MAX_NAME = Text.MAX_NAME;

    /// A name for people (GAUNTLET M06, M07): one spelling, nothing invisible.
    static final Type<String> NAME = Type.text(
            "1 to " + MAX_NAME
                    + " UTF-16 characters in NFC, without control or formatting characters or space at the ends",
            Schema.of("minLength", 1, "maxLength", MAX_NAME, "examples", List.of("Shop")),
            text -> named(text) ? Optional.of(text) : Optional.empty(),
            Function.identity());

    /// A name for programs: compared exactly, so that no two of them look alike (GAUNTLET H07).
    static final Type<String> SLUG = Type.text(
            "a name of a-z, 0-9, `.`, `_`, `-`, at most 63, beginning with a letter or digit, not of the form of an id",
            Schema.pattern("[a-z0-9][a-z0-9._-]{0,62}", "shop"),
            text -> text.matches("[a-z0-9][a-z0-9._-]{0,62}") && Id.parse(text).isEmpty()
                    ? Optional.of(text)
                    : Optional.empty(),
            Function.identity());

    private static final String CLIENT_IDS = "[A-Za-z0-9._~+/=-]{1,128}|https://[!-~]{1,192}";

    /// A public id that is not one of ours (what base64 has is in those of other systems), so that no application
    /// passes for another (GAUNTLET C08).
    static final Type<String> CLIENT_ID = Type.text(
            "1 to 128 characters of A-Z, a-z, 0-9, `.`, `_`, `~`, `-`, `+`, `/`, `=`, not of the form of an id; or an https"
                    + " URL",
            Schema.pattern(CLIENT_IDS, "shop-1"),
            text -> text.matches(CLIENT_IDS) && Id.parse(text).isEmpty() ? Optional.of(text) : Optional.empty(),
            Function.identity());

    /// A point in time (RFC 3339), to the microsecond.
    static final Type<Instant> TIME = Type.text(
            "a time such as 2027-01-31T12:00:00Z (RFC 3339)",
            Schema.and(Schema.of("format", "date-time"), Schema.pattern(RFC_3339.pattern(), "2027-01-31T12:00:00Z")),
            Types::time,
            Instant::toString);

    static final Type<AddressBlock> BLOCK = Type.text(
            "a network such as 192.0.2.0/24 or 2001:db8::/32, or one address",
            Schema.of("examples", List.of("127.0.0.0/8")),
            AddressBlock::parse,
            AddressBlock::toString);

    static final Type<String> SCOPE = Type.text(
            "a scope (RFC 6749 section 3.3)",
            Schema.pattern("[!#-\\[\\]-~]{1," + Scopes.MAX_LENGTH + "}", "orders:read"),
            text -> Scopes.wellFormed(text) ? Optional.of(text) : Optional.empty(),
            Function.identity());

    static final Type<Scopes> SCOPES = converted(Type.list(SCOPE, 0, Scopes.MAX), Scopes::of, Scopes::list);

    /// Rights by Api name.
    static final Type<Map<String, Scopes>> RIGHTS = Type.map(SLUG, SCOPES, 200);

    static final Type<Long> COUNT = Type.number(0, Long.MAX_VALUE);

    private Types() {}

    /// An id of one kind.
    static Type<Id> id(Kind kind) {
        return Type.text(
                "an id that begins with " + kind.prefix() + "_",
                Schema.pattern(kind.prefix() + "_[0-9a-f][0-9a-hjkmnp-tv-z]{12}", kind.prefix() + "_0c5wmv3k2n8qa"),
                text -> Id.parse(kind, text),
                Id::text);
    }

    /// One of a few words.
    static <V> Type<V> word(V[] values, Function<V, String> spelling) {
        List<V> all = List.of(values);
        return Type.text(
                String.join(" or ", all.stream().map(spelling).toList()),
                Schema.of("enum", all.stream().map(spelling).toList()),
                text -> all.stream()
                        .filter(value -> spelling.apply(value).equals(text))
                        .findFirst(),
                spelling);
    }

    /// The lower-case names of an enum.
    static <E extends Enum<E>> Type<E> word(Class<E> type) {
        return word(type.getEnumConstants(), value -> value.name().toLowerCase(Locale.ROOT));
    }

    /// A string that matches all of a regular expression without backtracking.
    static Type<String> matching(String allowed, String regex, String example) {
        Pattern pattern = Pattern.compile(regex);
        return Type.text(
                allowed,
                Schema.pattern(regex, example),
                text -> text.length() <= 1024 && pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty(),
                Function.identity());
    }

    /// A type whose values are kept in another form.
    static <A, B> Type<B> converted(Type<A> type, Function<A, B> in, Function<B, A> out) {
        return new Type<>() {
            @Override
            public String allowed() {
                return type.allowed();
            }

            @Override
            public Map<String, Object> schema() {
                return type.schema();
            }

            @Override
            public Got<B> read(String at, Object json) {
                return type.read(at, json).map(in);
            }

            @Override
            public Object write(B value) {
                return type.write(out.apply(value));
            }
        };
    }

    /// A type of which JSON Schema can say more.
    static <V> Type<V> described(Type<V> type, Map<String, Object> more) {
        return new Type<>() {
            @Override
            public String allowed() {
                return type.allowed();
            }

            @Override
            public Map<String, Object> schema() {
                return Schema.and(type.schema(), more);
            }

            @Override
            public Got<V> read(String at, Object json) {
                return type.read(at, json);
            }

            @Override
            public Object write(V value) {
                return type.write(value);
            }
        };
    }

    /// Whether it is a name for people.
    static boolean named(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.codePoints().allMatch(Types::visible)
                && !Character.isSpaceChar(text.codePointAt(0))
                && !Character.isSpaceChar(text.codePointBefore(text.length()))
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    private static boolean visible(int c) {
        return !Arrays.asList(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.SURROGATE,
                        (int) Character.PRIVATE_USE,
                        (int) Character.UNASSIGNED,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR)
                .contains(Character.getType(c));
    }

    static Optional<Instant> time(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
