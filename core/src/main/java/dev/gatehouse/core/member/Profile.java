package dev.gatehouse.core.member;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is known of a user besides its username. Bounded: a claim has at most [#MAX_VALUE] characters.
public record Profile(Map<ProfileClaim, String> claims) {
    /// The longest value.
    public static final int MAX_VALUE = 500;

    /// Nothing.
    public static final Profile NONE = new Profile(Map.of());

    /// Keeps a copy.
    ///
    /// @throws IllegalArgumentException for a value that is none; callers check what strangers send before
    public Profile {
        claims.forEach((claim, value) -> {
            if (!allowed(claim, value)) {
                throw new IllegalArgumentException("not a value of " + claim.wire());
            }
        });
        claims = Map.copyOf(claims);
    }

    /// Whether a claim may have this value.
    public static boolean allowed(ProfileClaim claim, String value) {
        return claim.flag()
                ? value.equals("true") || value.equals("false")
                : !value.isEmpty()
                        && value.length() <= MAX_VALUE
                        && value.codePoints().allMatch(Profile::printable);
    }

    /// A line feed is for addresses; half of a surrogate pair is no character.
    private static boolean printable(int character) {
        return character == '\n'
                || (!Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE);
    }

    /// The value of one claim.
    public Optional<String> get(ProfileClaim claim) {
        return Optional.ofNullable(claims.get(claim));
    }

    /// The same with another value of one claim, or without it.
    public Profile with(ProfileClaim claim, String value) {
        Map<ProfileClaim, String> changed = new EnumMap<>(ProfileClaim.class);
        changed.putAll(claims);
        changed.put(claim, value);
        return new Profile(changed);
    }

    /// The same without one claim.
    public Profile without(ProfileClaim claim) {
        Map<ProfileClaim, String> changed = new EnumMap<>(ProfileClaim.class);
        changed.putAll(claims);
        changed.remove(claim);
        return new Profile(changed);
    }

    /// The names of the claims that differ, in order; never their values.
    public Set<String> differing(Profile other) {
        Set<String> names = new TreeSet<>();
        for (ProfileClaim claim : ProfileClaim.values()) {
            if (!get(claim).equals(other.get(claim))) {
                names.add(claim.wire());
            }
        }
        return names;
    }

    /// Says which claims there are, not what they say.
    @Override
    public String toString() {
        return "Profile" + claims.keySet();
    }
}
