package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Rights;
import java.util.List;
import java.util.Optional;

/// What an application may do at most at an organization below its own, and at all below that. Without one it may
/// do there what it may do at home; no access gives more than that. Several may bound one application, said by
/// different organizations above; all of them count.
///
/// @param application of an organization above
/// @param role what bounds it; nothing may be done when empty
/// @param by the organization that says so: it, or one above it, takes it back, and nobody below; empty where that
///     was not written down, which is the provider then
/// @param most the rights of that role where facts are gathered; none in what is stored or only shown
public record Access(Id application, Optional<Id> role, Optional<Id> by, Rights most) {
    /// The most of one organization: every request for it looks through them.
    public static final int MOST = 64;

    /// As it is stored.
    public Access(Id application, Optional<Id> role, Id by) {
        this(application, role, Optional.of(by), Rights.NONE);
    }

    /// The provider's, as it is stored.
    public Access(Id application, Optional<Id> role) {
        this(application, role, Optional.empty(), Rights.NONE);
    }

    /// The same with the rights of its role.
    public Access of(Rights rights) {
        return new Access(application, role, by, rights);
    }

    /// Whether both are said of one application by one organization.
    public boolean inPlaceOf(Access other) {
        return application.equals(other.application) && by.equals(other.by);
    }

    /// Whether one organization says something of one application twice.
    public static boolean twice(List<Access> all) {
        return all.stream().anyMatch(one -> all.stream().filter(one::inPlaceOf).count() > 1);
    }

    /// As it is audited.
    public String text() {
        return application.text()
                + ' '
                + role.map(Id::text).orElse("deny")
                + by.map(id -> " by " + id.text()).orElse("");
    }
}
