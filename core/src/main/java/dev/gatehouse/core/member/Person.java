package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// A user as a member of one organization: all of it that decisions need, and nothing of its profile.
///
/// @param user its id
/// @param standing the user's own
/// @param home the organizations from the user's home to the root
public record Person(Id user, String username, Standing standing, Membership membership, List<Organization> home)
        implements Holder {
    @Override
    public Id id() {
        return membership.id();
    }

    @Override
    public Id who() {
        return user;
    }

    @Override
    public Id organization() {
        return membership.organization();
    }

    @Override
    public String publicName() {
        return username;
    }

    @Override
    public String subject() {
        return user.text();
    }

    @Override
    public Optional<Id> role() {
        return membership.role();
    }

    @Override
    public List<Standing> standings() {
        return List.of(standing, membership.standing());
    }
}
