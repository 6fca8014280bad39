package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Rights;
import java.util.Optional;

/// What an application may do at most at an organization below its own, and at all below that. Without one it may
/// do there what it may do at home; no access gives more than that.
///
/// @param application of an organization above
/// @param role what bounds it; nothing may be done when empty
/// @param most the rights of that role where facts are gathered; none in what is stored or only shown
public record Access(Id application, Optional<Id> role, Rights most) {
    /// The most of one organization: every request for it looks through them.
    public static final int MOST = 64;

    /// As it is stored.
    public Access(Id application, Optional<Id> role) {
        this(application, role, Rights.NONE);
    }

    /// The same with the rights of its role.
    public Access of(Rights rights) {
        return new Access(application, role, rights);
    }

    /// As it is stored and audited.
    public String text() {
        return application.text() + ' ' + role.map(Id::text).orElse("deny");
    }
}
