package dev.gatehouse.cli.apply;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.Text;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values that several nouns share. What they take is what the admin API takes, so that a mistake is found
/// before anything is changed; the server has the last word.
final class Values {
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]+");
    private static final int MOST_APIS = 200;
    private static final int MOST_RESTRICTIONS = 64;

    static final Value NAME = Value.text(
            "a name of 1 to " + Text.MAX_NAME + " visible characters in NFC, without blanks at the ends", Values::name);

    static final Value SLUG = Value.text(
            "a name of a-z, 0-9, `.`, `_`, `-`, at most 63, beginning with a letter or digit, not of the form of an id",
            text -> Optional.of(text).filter(one -> one.matches("[a-z0-9][a-z0-9._-]{0,62}") && notAnId(one)));

    static final Value CLIENT_ID = Value.text(
            "1 to 128 characters of A-Z, a-z, 0-9, `.`, `_`, `~`, `-`, not of the form of an id; or an https URL",
            text -> Optional.of(text)
                    .filter(one -> one.matches("[A-Za-z0-9._~+/=-]{1,128}|https://[!-~]{1,192}") && notAnId(one)));

    static final Value PATH = Value.text(
            "a path such as acme/emea, or /",
            text -> OrganizationPath.parse(text).map(OrganizationPath::toString));

    static final Value TIME = Value.text("a time such as 2027-01-31T12:00:00Z", Values::time);

    static final Value SCOPE = Value.text(
            "a scope (RFC 6749 section 3.3)", text -> Optional.of(text).filter(Scopes::wellFormed));

    static final Value SCOPES = Value.set(SCOPE, 0, Scopes.MAX);

    /// Scopes by Api.
    static final Value RIGHTS = Value.map(SLUG, SCOPES, MOST_APIS);

    static final Value ADDRESSES = Value.set(
            Value.text(
                    "a network such as 192.0.2.0/24 or 2001:db8::/32, or one address",
                    text -> AddressBlock.parse(text).map(AddressBlock::toString)),
            1,
            MOST_RESTRICTIONS);

    static final Value APIS = Value.set(SLUG, 1, MOST_RESTRICTIONS);

    static final Value ORIGINS = Value.set(
            Value.text(
                    "an origin such as https://app.example.com, or https://*.example.com for one label",
                    text -> OriginPattern.parse(text).map(OriginPattern::text)),
            1,
            Api.MAX_ORIGINS);

    /// Claims by name, those that say yes or no as such.
    static final Value PROFILE = Shape.of(Stream.of(ProfileClaim.values())
            .map(claim -> Shape.optional(
                    claim.wire(),
                    claim.flag()
                            ? Value.flag()
                            : Value.text(
                                    "1 to " + Profile.MAX_VALUE + " characters",
                                    text -> Optional.of(text).filter(one -> Profile.allowed(claim, one)))))
            .toArray(Shape.Key[]::new));

    static final Value HOLDS = Value.set(Value.word(List.of("owner", "provider", "policy", "schedule")), 0, 4);

    /// When a member is valid, and which holds it carries.
    static final Shape STANDING = Shape.of(
            Shape.optional("not_before", TIME), Shape.optional("expires_at", TIME), Shape.optional("holds", HOLDS));

    private Values() {}

    static Optional<String> name(String text) {
        return Optional.of(text)
                .filter(one -> Text.name(one)
                        && VISIBLE.matcher(one).matches()
                        && Normalizer.isNormalized(one, Normalizer.Form.NFC));
    }

    private static boolean notAnId(String text) {
        return Id.parse(text).isEmpty();
    }

    private static Optional<String> time(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return Optional.of(instant.toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
