package dev.gatehouse.core.member;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A machine member of an organization. It has one public name that proves nothing (`client_id`) and holds the
/// credentials that prove it; two live credentials are a rotation.
///
/// @param role what it may do at most, for itself and for users; without a role it may do nothing
/// @param terms what it may do as a client of OAuth
/// @param tokenLife how long its tokens live, within what an Api lets; absent: as long as others
public record Application(
        Id id,
        Id organization,
        String clientId,
        String name,
        Optional<Id> role,
        ClientTerms terms,
        Optional<Duration> tokenLife,
        Standing standing,
        Instant createdAt)
        implements Holder {
    /// A program that acts for itself and whose tokens live as long as others.
    public Application(
            Id id,
            Id organization,
            String clientId,
            String name,
            Optional<Id> role,
            Standing standing,
            Instant createdAt) {
        this(id, organization, clientId, name, role, ClientTerms.MACHINE, Optional.empty(), standing, createdAt);
    }

    /// The same, standing otherwise.
    public Application with(Standing other) {
        return new Application(id, organization, clientId, name, role, terms, tokenLife, other, createdAt);
    }

    /// The same with what replacing may change of it, as another one has it.
    public Application like(Application other, Standing standing) {
        return new Application(
                id, organization, clientId, other.name, other.role, other.terms, other.tokenLife, standing, createdAt);
    }

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
}
