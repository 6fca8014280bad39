package dev.gatehouse.oauth.token;

import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.oauth.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What scopes tell of a user (OpenID Connect Core sections 5.1 and 5.4).
public final class UserClaims {
    /// The most that ID tokens tell in this way, in bytes of JSON: they come back as hints, in the query of a
    /// redirect.
    private static final int MAX_TOLD = 1200;

    private static final String ADDRESS = "address.";

    private UserClaims() {}

    /// What UserInfo tells: the claims that are known of those that the scopes give, of scopes that claims alone
    /// asked for only these, and `sub` always.
    ///
    /// @param subject what the client knows the user as
    public static Map<String, Object> userInfo(User user, String subject, Scopes scopes, AskedClaims asked) {
        Map<String, Object> known = known(user, scopes);
        known.entrySet()
                .removeIf(one ->
                        scope(one.getKey()).filter(asked.implied()::contains).isPresent()
                                && !asked(asked.userInfo(), one));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", subject);
        claims.putAll(known);
        return claims;
    }

    /// What an ID token tells besides: the claims that are known of those that were asked for there, the essential
    /// ones first, as far as there is room. UserInfo tells the rest where it is asked.
    public static Map<String, Object> idToken(User user, Scopes scopes, AskedClaims asked) {
        Map<String, Object> claims = known(user, scopes);
        claims.entrySet().removeIf(one -> !asked(asked.idToken(), one));
        return fitting(claims, asked);
    }

    /// What an ID token tells that no access token goes with: what UserInfo would tell for the scopes, and what was
    /// asked for one by one.
    public static Map<String, Object> idTokenAlone(User user, Scopes scopes, AskedClaims asked) {
        Map<String, Object> claims = known(user, scopes);
        claims.entrySet()
                .removeIf(one ->
                        scope(one.getKey()).filter(asked.implied()::contains).isPresent()
                                && !asked(asked.idToken(), one));
        return fitting(claims, asked);
    }

    private static Map<String, Object> fitting(Map<String, Object> claims, AskedClaims asked) {
        Map<String, Object> told = new LinkedHashMap<>();
        int left = MAX_TOLD;
        for (boolean essential : new boolean[] {true, false}) {
            for (Map.Entry<String, Object> one : claims.entrySet()) {
                int length = length(one);
                if (essential(asked, one) == essential && length <= left) {
                    told.put(one.getKey(), one.getValue());
                    left -= length;
                }
            }
        }
        return told;
    }

    private static boolean essential(AskedClaims asked, Map.Entry<String, Object> claim) {
        AskedClaims.Wanted wanted = asked.idToken().get(claim.getKey());
        return wanted != null && wanted.essential();
    }

    private static int length(Map.Entry<String, Object> claim) {
        StringBuilder out = new StringBuilder();
        JsonText.object(out, Map.of(claim.getKey(), claim.getValue()));
        return out.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean asked(Map<String, AskedClaims.Wanted> place, Map.Entry<String, Object> known) {
        return Optional.ofNullable(place.get(known.getKey()))
                .filter(wanted -> wanted.takes(known.getValue()))
                .isPresent();
    }

    private static Map<String, Object> known(User user, Scopes scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        Map<String, Object> address = new LinkedHashMap<>();
        Profile profile = user.profile();
        for (ProfileClaim claim : ProfileClaim.values()) {
            if (scopes.contains(scope(claim))) {
                profile.get(claim).ifPresent(value -> put(claim, value, claims, address));
            }
        }
        if (scopes.contains("profile")) {
            claims.putIfAbsent(ProfileClaim.PREFERRED_USERNAME.wire(), user.username());
        }
        if (!address.isEmpty()) {
            claims.put("address", address);
        }
        return claims;
    }

    private static void put(ProfileClaim claim, String value, Map<String, Object> claims, Map<String, Object> address) {
        if (claim.wire().startsWith(ADDRESS)) {
            address.put(claim.wire().substring(ADDRESS.length()), value);
        } else {
            claims.put(claim.wire(), claim.flag() ? Boolean.valueOf(value) : value);
        }
    }

    /// The scope that has a claim in it; empty for what is none of a person's.
    static Optional<String> scope(String claim) {
        return claim.equals("address")
                ? Optional.of(claim)
                : ProfileClaim.of(claim).map(UserClaims::scope).filter(_ -> !claim.startsWith(ADDRESS));
    }

    static String scope(ProfileClaim claim) {
        return switch (claim) {
            case EMAIL, EMAIL_VERIFIED -> "email";
            case PHONE_NUMBER, PHONE_NUMBER_VERIFIED -> "phone";
            case ADDRESS_FORMATTED,
                    ADDRESS_STREET,
                    ADDRESS_LOCALITY,
                    ADDRESS_REGION,
                    ADDRESS_POSTAL_CODE,
                    ADDRESS_COUNTRY -> "address";
            case NAME,
                    GIVEN_NAME,
                    FAMILY_NAME,
                    MIDDLE_NAME,
                    NICKNAME,
                    PREFERRED_USERNAME,
                    PROFILE,
                    PICTURE,
                    WEBSITE,
                    GENDER,
                    BIRTHDATE,
                    ZONEINFO,
                    LOCALE -> "profile";
        };
    }
}
