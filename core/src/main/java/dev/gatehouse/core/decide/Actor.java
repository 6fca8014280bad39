package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.token.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An application that acts for a user, and everything above it, read together in one moment. It does what both
/// of them may do, and of that what the user granted.
///
/// @param chain the application's organization first, the root last
/// @param credential what the application showed, where it acts by a secret of the user beside that rather than by
///     a grant
public record Actor(
        Application application, Optional<Role> role, List<Organization> chain, Optional<Credential> credential) {
    /// One that acts by what a user granted.
    public Actor(Application application, Optional<Role> role, List<Organization> chain) {
        this(application, role, chain, Optional.empty());
    }

    /// The application that a credential proves; empty when it proves a user.
    public static Optional<Actor> of(Members members) {
        return members.holder() instanceof Application application
                ? Optional.of(
                        new Actor(application, members.role(), members.chain(), Optional.of(members.credential())))
                : Optional.empty();
    }

    /// Whether it may be heard at all: answers are sent to no application that does not stand.
    public boolean stands(Instant now) {
        return Stream.concat(Stream.of(application.standing()), chain.stream().map(Organization::standing))
                .allMatch(standing -> !standing.revoked()
                        && standing.holds().isEmpty()
                        && !standing.window().early(now)
                        && !standing.window().over(now));
    }

    /// What a lineage says of it.
    Lineage.Granted by(Id grant) {
        return new Lineage.Granted(grant, application.id());
    }
}
