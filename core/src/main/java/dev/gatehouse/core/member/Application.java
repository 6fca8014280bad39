package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A machine member of an organization. It has one public name that proves nothing (`client_id`) and holds the
/// credentials that prove it; two live credentials are a rotation.
///
/// @param role what it may do at most; without a role it may do nothing
public record Application(
        Id id, Id organization, String clientId, String name, Optional<Id> role, Standing standing, Instant createdAt)
        implements Holder {
    @Override
    public Id who() {
        return id;
    }

    @Override
    public String publicName() {
        return clientId;
    }

    @Override
    public String subject() {
        return clientId;
    }

    @Override
    public List<Standing> standings() {
        return List.of(standing);
    }

    /// The same, standing otherwise.
    public Application with(Standing other) {
        return new Application(id, organization, clientId, name, role, other, createdAt);
    }
}
