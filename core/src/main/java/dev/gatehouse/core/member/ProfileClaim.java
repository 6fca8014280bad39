package dev.gatehouse.core.member;

import java.util.Optional;

/// What may be known of a user besides its username: the standard claims of OpenID Connect Core section 5.1, each
/// under the name that it has there, members of `address` under theirs with a dot between.
public enum ProfileClaim {
    NAME("name"),
    GIVEN_NAME("given_name"),
    FAMILY_NAME("family_name"),
    MIDDLE_NAME("middle_name"),
    NICKNAME("nickname"),
    PREFERRED_USERNAME("preferred_username"),
    PROFILE("profile"),
    PICTURE("picture"),
    WEBSITE("website"),
    EMAIL("email"),
    EMAIL_VERIFIED("email_verified"),
    GENDER("gender"),
    BIRTHDATE("birthdate"),
    ZONEINFO("zoneinfo"),
    LOCALE("locale"),
    PHONE_NUMBER("phone_number"),
    PHONE_NUMBER_VERIFIED("phone_number_verified"),
    ADDRESS_FORMATTED("address.formatted"),
    ADDRESS_STREET("address.street_address"),
    ADDRESS_LOCALITY("address.locality"),
    ADDRESS_REGION("address.region"),
    ADDRESS_POSTAL_CODE("address.postal_code"),
    ADDRESS_COUNTRY("address.country");

    private final String wire;

    ProfileClaim(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// Whether its value is true or false, written so.
    public boolean flag() {
        return this == EMAIL_VERIFIED || this == PHONE_NUMBER_VERIFIED;
    }

    /// The claim of a name.
    public static Optional<ProfileClaim> of(String wire) {
        for (ProfileClaim claim : values()) {
            if (claim.wire.equals(wire)) {
                return Optional.of(claim);
            }
        }
        return Optional.empty();
    }
}
