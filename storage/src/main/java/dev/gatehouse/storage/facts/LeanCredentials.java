package dev.gatehouse.storage.facts;

import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;

/// Makes facts of credentials that share with others what they have in common with them: a row that was read has
/// instances of its own of everything, some 300 bytes that others have too. What only lists show is left out.
final class LeanCredentials {
    private final Alike<Reach> reaches = new Alike<>();
    private final Alike<Restrictions> restrictions = new Alike<>();
    private final Alike<Standing> standings = new Alike<>();

    CredentialFact fact(Credential row, Cell<? extends HolderFact> holder, Cell<OrganizationFact> organization) {
        Credential read = row.lean();
        Credential shared = new Credential(
                read.id(),
                holder.id(),
                organization.id(),
                read.kind(),
                read.name(),
                read.hint(),
                read.evidence(),
                read.stretch(),
                reaches.of(read.reach()),
                restrictions.of(read.restrictions()),
                standings.of(read.standing()),
                read.createdAt());
        return new CredentialFact(shared, holder);
    }
}
