package dev.gatehouse.server.admin;

import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The claims of a user's profile as members of it, each under its own name (OpenID Connect Core section 5.1).
final class ProfileAttributes {
    private static final Map<ProfileClaim, Attribute<User, String>> BY_CLAIM = shown();
    private static final Map<ProfileClaim, Attribute<Void, Optional<String>>> NEW = changed();

    static final List<Attribute<User, ?>> SHOWN = List.copyOf(BY_CLAIM.values());
    static final List<Form.Item> GIVEN = items(BY_CLAIM.values().stream());
    static final List<Form.Item> CHANGED = items(NEW.values().stream());

    private ProfileAttributes() {}

    private static Map<ProfileClaim, Attribute<User, String>> shown() {
        Map<ProfileClaim, Attribute<User, String>> all = new EnumMap<>(ProfileClaim.class);
        for (ProfileClaim claim : ProfileClaim.values()) {
            all.put(
                    claim,
                    Attribute.optional(
                            claim.wire(), type(claim), user -> user.profile().get(claim)));
        }
        return all;
    }

    private static Map<ProfileClaim, Attribute<Void, Optional<String>>> changed() {
        Map<ProfileClaim, Attribute<Void, Optional<String>>> all = new EnumMap<>(ProfileClaim.class);
        for (ProfileClaim claim : ProfileClaim.values()) {
            all.put(claim, Attribute.in(claim.wire(), Type.nullable(type(claim))));
        }
        return all;
    }

    private static List<Form.Item> items(Stream<? extends Attribute<?, ?>> attributes) {
        return attributes.map(Form::optional).toList();
    }

    /// A flag is true or false in JSON, and text where it is kept.
    private static Type<String> type(ProfileClaim claim) {
        if (!claim.flag()) {
            return Type.text(
                    "1 to " + Profile.MAX_VALUE + " characters, without control characters but line feeds",
                    Schema.of("minLength", 1, "maxLength", Profile.MAX_VALUE),
                    text -> Profile.allowed(claim, text) ? Optional.of(text) : Optional.empty(),
                    text -> text);
        }
        Type<Boolean> flag = Type.flag();
        return new Type<>() {
            @Override
            public String allowed() {
                return flag.allowed();
            }

            @Override
            public Map<String, Object> schema() {
                return flag.schema();
            }

            @Override
            public Got<String> read(String at, Object json) {
                return flag.read(at, json).map(String::valueOf);
            }

            @Override
            public Object write(String value) {
                return Boolean.valueOf(value);
            }
        };
    }

    /// The profile of a new user.
    static Profile given(Given given) {
        Map<ProfileClaim, String> claims = new EnumMap<>(ProfileClaim.class);
        BY_CLAIM.forEach((claim, attribute) -> given.get(attribute).ifPresent(value -> claims.put(claim, value)));
        return new Profile(claims);
    }

    /// A profile after a change: what is left out stays, `null` takes away.
    static Profile changed(Given given, Profile before) {
        Profile profile = before;
        for (Map.Entry<ProfileClaim, Attribute<Void, Optional<String>>> entry : NEW.entrySet()) {
            Optional<Optional<String>> asked = given.get(entry.getValue());
            if (asked.isPresent()) {
                profile = asked.get().isPresent()
                        ? profile.with(entry.getKey(), asked.get().get())
                        : profile.without(entry.getKey());
            }
        }
        return profile;
    }
}
