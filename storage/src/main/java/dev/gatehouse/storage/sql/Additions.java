package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// What is new among organizations, applications and credentials, with why it may not be.
final class Additions {
    private record Above(boolean revoked, long depth) {}

    private Additions() {}

    /// With what it begins with. Nothing that is new stands in the way of what belongs to it.
    static Stored<Organization> organization(
            Transaction transaction, Organization organization, Application application, NewCredential credential) {
        if (!roleExists(transaction.session(), application.role())) {
            return new Stored.Missing<>();
        }
        Stored<Organization> stored = organization(transaction, organization);
        if (stored instanceof Stored.Done<Organization>
                && !(application(transaction, application) instanceof Stored.Done<Application>
                        && Copies.added(transaction, credential) instanceof Stored.Done<Credential>)) {
            throw new IllegalStateException("a new organization has no room for its first key");
        }
        return stored;
    }

    static Stored<Organization> organization(Transaction transaction, Organization organization) {
        if (organization.parent().isEmpty()) {
            return new Stored.Conflict<>("there is one root organization, and it is there");
        }
        Session session = transaction.session();
        Optional<Above> parent = session.one(
                "SELECT revoked, depth FROM organization WHERE id = ?",
                row -> new Above(row.flag("revoked"), row.number("depth")),
                Ids.of(organization.parent().get()));
        if (parent.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (parent.get().revoked()) {
            return new Stored.Conflict<>("the parent is revoked");
        }
        if (parent.get().depth() >= Organization.MAX_DEPTH) {
            return new Stored.Full<>("the tree is at most " + Organization.MAX_DEPTH + " deep");
        }
        if (!Insert.organization(session, organization, parent.get().depth() + 1)) {
            return new Stored.Conflict<>("the parent has a child of this name");
        }
        transaction.changed(organization.id());
        transaction.audit(
                "organization.add",
                Optional.of(organization.id()),
                organization.id(),
                Detail.of("name", organization.name())
                        .with("parent", organization.parent().get()));
        return new Stored.Done<>(
                SqlMembers.organization(session, organization.id()).orElseThrow());
    }

    static Stored<Application> application(Transaction transaction, Application application) {
        Session session = transaction.session();
        Optional<Organization> home = SqlMembers.organization(session, application.organization());
        if (home.isEmpty() || !roleExists(session, application.role())) {
            return new Stored.Missing<>();
        }
        if (home.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        if (!Insert.application(session, application)) {
            return new Stored.Conflict<>("the client_id, or the name in its organization, is in use");
        }
        transaction.changed(application.id());
        transaction.audit(
                "application.add",
                Optional.of(application.organization()),
                application.id(),
                Detail.of("name", application.name())
                        .with("client_id", application.clientId())
                        .with("role", application.role().map(Id::text).orElse("")));
        return new Stored.Done<>(
                SqlMembers.application(session, application.id()).orElseThrow());
    }

    static boolean roleExists(Session session, Optional<Id> role) {
        return role.isEmpty()
                || session.one("SELECT id FROM role WHERE id = ?", row -> row.number("id"), Ids.of(role.get()))
                        .isPresent();
    }

    static Stored<Credential> credential(Transaction transaction, Credential credential) {
        Session session = transaction.session();
        if (!Places.take(session, credential, 1)) {
            return Places.none(session, credential);
        }
        Optional<Stored<Credential>> full =
                DomainKeys.full(session, credential).or(() -> SigningKeys.full(session, credential));
        if (full.isPresent()) {
            return full.get();
        }
        if (!Insert.credential(session, credential)) {
            return new Stored.Conflict<>("the id is in use");
        }
        transaction.changed(credential.id(), credential.holder());
        DomainKeys.changed(transaction, credential);
        transaction.audit(
                credential.added(),
                Optional.of(credential.organization()),
                credential.id(),
                CredentialDetail.of(credential));
        return new Stored.Done<>(SqlMembers.credential(session, credential.id()).orElseThrow());
    }
}
