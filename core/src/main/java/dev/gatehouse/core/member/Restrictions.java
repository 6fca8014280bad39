package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;

/// Where and for what a credential may be used, besides its rights.
///
/// @param addresses the networks that it may be used from
/// @param apis the Apis that it may be used at
/// @param origins the pages that it may be used by; a domain key that names none may be used by none
public record Restrictions(
        Restriction<AddressBlock> addresses, Restriction<Id> apis, Restriction<OriginPattern> origins) {
    /// No restriction.
    public static final Restrictions NONE = new Restrictions(Restriction.unrestricted(), Restriction.unrestricted());

    /// Of a credential that is for no pages.
    public Restrictions(Restriction<AddressBlock> addresses, Restriction<Id> apis) {
        this(addresses, apis, Restriction.unrestricted());
    }
}
