package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Restriction;
import java.util.Optional;

/// Where, for what and how often a credential may be used, besides its rights.
///
/// @param addresses the networks that it may be used from
/// @param apis the Apis that it may be used at
/// @param origins the pages that it may be used by; a domain key that names none may be used by none
/// @param rate how often it may be used, at all Apis together, with the tokens that were issued to it
public record Restrictions(
        Restriction<AddressBlock> addresses,
        Restriction<Id> apis,
        Restriction<OriginPattern> origins,
        Optional<Rate> rate) {
    /// No restriction.
    public static final Restrictions NONE = new Restrictions(Restriction.unrestricted(), Restriction.unrestricted());

    /// Of a credential that may be used as often as its Api lets it.
    public Restrictions(Restriction<AddressBlock> addresses, Restriction<Id> apis, Restriction<OriginPattern> origins) {
        this(addresses, apis, origins, Optional.empty());
    }

    /// Of one that is for no pages, too.
    public Restrictions(Restriction<AddressBlock> addresses, Restriction<Id> apis) {
        this(addresses, apis, Restriction.unrestricted());
    }
}
