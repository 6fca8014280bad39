package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Role;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Who may do everything: the applications and members of the root organization that have its built-in role,
/// stand, and can prove it.
final class Owners {
    private static final Set<CredentialKind> ALONE_NOTHING = Set.of(
            CredentialKind.DOMAIN_KEY, CredentialKind.USER_SECRET, CredentialKind.SIGNING_KEY, CredentialKind.IDENTITY);

    private Owners() {}

    /// Whether there is one.
    static boolean any(Tables tables, Instant now) {
        Optional<Id> root = tables.root().map(Organization::id);
        Optional<Id> role = tables.roles.values().stream()
                .filter(one -> one.builtIn() && root.equals(Optional.of(one.organization())))
                .map(Role::id)
                .findFirst();
        if (role.isEmpty()) {
            return false;
        }
        Set<Id> proven = proven(tables, now);
        boolean application = tables.applications.values().stream()
                .filter(one -> root.equals(Optional.of(one.organization()))
                        && one.role().equals(role))
                .anyMatch(one -> one.standing().active(now) && proven.contains(one.id()));
        return application
                || tables.memberships.values().stream()
                        .filter(one -> root.equals(Optional.of(one.organization()))
                                && one.role().equals(role))
                        .filter(one -> one.standing().active(now))
                        .anyMatch(one -> tables.user(one.user())
                                .filter(user -> stands(tables, user, now))
                                .filter(user -> proven.contains(one.id()) || proven.contains(user.id()))
                                .isPresent());
    }

    private static Set<Id> proven(Tables tables, Instant now) {
        Set<Id> holders = new HashSet<>();
        for (Credential one : tables.credentials.values()) {
            if (!ALONE_NOTHING.contains(one.kind())
                    && one.reach() instanceof Reach.WholeRole
                    && one.restrictions().apis() instanceof Restriction.Unrestricted
                    && one.standing().active(now)) {
                holders.add(one.holder());
            }
        }
        return holders;
    }

    private static boolean stands(Tables tables, User user, Instant now) {
        return user.standing().active(now)
                && tables.chain(user.organization()).stream()
                        .allMatch(one -> one.standing().active(now));
    }
}
