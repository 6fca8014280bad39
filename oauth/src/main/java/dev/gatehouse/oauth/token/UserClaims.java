package dev.gatehouse.oauth.token;

import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Scopes;
import java.util.LinkedHashMap;
import java.util.Map;

/// What scopes tell of a user (OpenID Connect Core sections 5.1 and 5.4).
public final class UserClaims {
    private static final String ADDRESS = "address.";

    private UserClaims() {}

    /// The claims that are known of those that the scopes give, `sub` always.
    public static Map<String, Object> of(User user, Scopes scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        Map<String, Object> address = new LinkedHashMap<>();
        claims.put("sub", user.id().text());
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

    private static String scope(ProfileClaim claim) {
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
