package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// When a member may be added.
final class Additions {
    private Additions() {}

    static Stored<Organization> add(Transaction transaction, Organization organization) {
        Tables tables = transaction.tables();
        if (organization.parent().isEmpty()) {
            return new Stored.Conflict<>("there is one root organization, and it is there");
        }
        Id parent = organization.parent().get();
        Optional<Organization> above = tables.organization(parent);
        if (above.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (above.get().standing().revoked()) {
            return new Stored.Conflict<>("the parent is revoked");
        }
        if (tables.chain(parent).size() >= Organization.MAX_DEPTH) {
            return new Stored.Full<>("the tree is at most " + Organization.MAX_DEPTH + " deep");
        }
        if (!Insert.organization(tables, organization)) {
            return new Stored.Conflict<>("the parent has a child of this name");
        }
        transaction.audit(
                "organization.add",
                Optional.of(organization.id()),
                organization.id(),
                Detail.of("name", organization.name()).with("parent", parent));
        return new Stored.Done<>(tables.organization(organization.id()).orElseThrow());
    }

    static Stored<Organization> add(
            Transaction transaction, Organization organization, Application application, NewCredential credential) {
        if (application
                .role()
                .filter(role -> transaction.tables().role(role).isEmpty())
                .isPresent()) {
            return new Stored.Missing<>();
        }
        Stored<Organization> stored = add(transaction, organization);
        if (stored instanceof Stored.Done<Organization>
                && !(add(transaction, application) instanceof Stored.Done<Application>
                        && MemorySecretCopies.added(transaction, credential) instanceof Stored.Done<Credential>)) {
            throw new IllegalStateException("a new organization has no room for its first key");
        }
        return stored;
    }

    static Stored<Application> add(Transaction transaction, Application application) {
        Tables tables = transaction.tables();
        Optional<Organization> home = tables.organization(application.organization());
        boolean lostRole =
                application.role().filter(role -> tables.role(role).isEmpty()).isPresent();
        if (home.isEmpty() || lostRole) {
            return new Stored.Missing<>();
        }
        if (home.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        if (!Insert.application(tables, application)) {
            return new Stored.Conflict<>("the client_id, or the name in its organization, is in use");
        }
        transaction.audit(
                "application.add",
                Optional.of(application.organization()),
                application.id(),
                Detail.of("name", application.name())
                        .with("client_id", application.clientId())
                        .with("role", application.role().map(Id::text).orElse("")));
        return new Stored.Done<>(tables.application(application.id()).orElseThrow());
    }

    static Stored<Credential> add(Transaction transaction, Credential credential) {
        Tables tables = transaction.tables();
        Optional<Stored<Credential>> unplaced = unplaced(tables, credential);
        if (unplaced.isPresent()) {
            return unplaced.get();
        }
        if (live(tables, credential.holder()) >= MemberStore.MAX_CREDENTIALS) {
            return new Stored.Full<>("at most " + MemberStore.MAX_CREDENTIALS + " credentials");
        }
        Optional<Stored<Credential>> full = full(tables, credential);
        if (full.isPresent()) {
            return full.get();
        }
        if (!Insert.credential(tables, credential)) {
            return new Stored.Conflict<>("the id is in use");
        }
        transaction.audit(
                credential.added(),
                Optional.of(credential.organization()),
                credential.id(),
                Detail.of("name", credential.name())
                        .with("kind", credential.kind().wire())
                        .with(Standings.kind(credential.holder()), credential.holder())
                        .with("hint", credential.hint()));
        return new Stored.Done<>(tables.credential(credential.id()).orElseThrow());
    }

    static Stored<Customer> add(Transaction transaction, Customer customer) {
        Optional<Stored<Customer>> closed = closed(transaction.tables(), customer.organization());
        if (closed.isPresent()) {
            return closed.get();
        }
        return added(transaction, customer)
                ? new Stored.Done<>(transaction.tables().customer(customer.id()).orElseThrow())
                : new Stored.Conflict<>("the organization has a customer of this name");
    }

    static Stored<List<Customer>> addNew(Transaction transaction, Id organization, Collection<Customer> customers) {
        Optional<Stored<List<Customer>>> closed = closed(transaction.tables(), organization);
        return closed.orElseGet(() -> new Stored.Done<>(customers.stream()
                .filter(customer -> added(transaction, customer))
                .toList()));
    }

    private static <T> Optional<Stored<T>> closed(Tables tables, Id organization) {
        Optional<Organization> home = tables.organization(organization);
        if (home.isEmpty()) {
            return Optional.of(new Stored.Missing<>());
        }
        return home.get().standing().revoked()
                ? Optional.of(new Stored.Conflict<>("the organization is revoked"))
                : Optional.empty();
    }

    private static boolean added(Transaction transaction, Customer customer) {
        if (!Insert.customer(transaction.tables(), customer)) {
            return false;
        }
        transaction.audit("customer.add", Optional.of(customer.organization()), customer.id(), Detail.none());
        return true;
    }

    private static Optional<Stored<Credential>> fullOfSigningKeys(Tables tables, Credential credential) {
        long own = tables.credentials.values().stream()
                .filter(one -> one.kind() == CredentialKind.SIGNING_KEY)
                .filter(one -> !one.standing().revoked() && one.holder().equals(credential.holder()))
                .count();
        return own >= MemberStore.MAX_SIGNING_KEYS
                ? Optional.of(new Stored.Full<>("there is no room for another signing key"))
                : Optional.empty();
    }

    /// Why there is no room for another domain key or signing key.
    static Optional<Stored<Credential>> full(Tables tables, Credential credential) {
        if (credential.kind() == CredentialKind.SIGNING_KEY) {
            return fullOfSigningKeys(tables, credential);
        }
        if (credential.kind() != CredentialKind.DOMAIN_KEY) {
            return Optional.empty();
        }
        List<Credential> all = tables.credentials.values().stream()
                .filter(one -> one.kind() == CredentialKind.DOMAIN_KEY)
                .filter(one -> !one.standing().revoked())
                .toList();
        long own = all.stream()
                .filter(one -> one.organization().equals(credential.organization()))
                .count();
        return own >= MemberStore.MAX_DOMAIN_KEYS || all.size() >= MemberStore.MAX_ALL_DOMAIN_KEYS
                ? Optional.of(new Stored.Full<>("there is no room for another domain key"))
                : Optional.empty();
    }

    /// Why a credential has no holder that it could be added to.
    static Optional<Stored<Credential>> unplaced(Tables tables, Credential credential) {
        Id holder = credential.holder();
        if (holder.kind() == Kind.USER) {
            return Optional.of(new Stored.Conflict<>("a user has a password and nothing else of its own"));
        }
        Optional<Boolean> revoked = tables.application(holder)
                .filter(found -> found.organization().equals(credential.organization()))
                .map(found -> found.standing().revoked())
                .or(() -> tables.membership(holder)
                        .filter(found -> found.organization().equals(credential.organization()))
                        .map(found -> found.standing().revoked()));
        if (revoked.isEmpty()) {
            return Optional.of(new Stored.Missing<>());
        }
        return revoked.get()
                ? Optional.of(new Stored.Conflict<>("the " + Standings.kind(holder) + " is revoked"))
                : Optional.empty();
    }

    static Stored<User> add(Transaction transaction, User user) {
        Tables tables = transaction.tables();
        Optional<Organization> home = tables.organization(user.organization());
        if (home.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (home.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        if (!Insert.user(tables, user)) {
            return new Stored.Conflict<>("the username is in use");
        }
        transaction.audit("user.add", Optional.of(user.organization()), user.id(), Detail.none());
        return new Stored.Done<>(tables.user(user.id()).orElseThrow());
    }

    static Stored<Membership> add(Transaction transaction, Membership membership) {
        Tables tables = transaction.tables();
        Optional<User> user = tables.user(membership.user());
        Optional<Organization> organization = tables.organization(membership.organization());
        boolean lostRole =
                membership.role().filter(role -> tables.role(role).isEmpty()).isPresent();
        if (user.isEmpty() || organization.isEmpty() || lostRole) {
            return new Stored.Missing<>();
        }
        if (organization.get().standing().revoked()) {
            return new Stored.Conflict<>("the organization is revoked");
        }
        if (user.get().standing().revoked()) {
            return new Stored.Conflict<>("the user is revoked");
        }
        if (tables.membershipsOf(membership.user()).size() >= UserStore.MAX_MEMBERSHIPS) {
            return new Stored.Full<>("a user has at most " + UserStore.MAX_MEMBERSHIPS + " memberships");
        }
        if (!Insert.membership(tables, membership)) {
            return new Stored.Conflict<>("the user is a member of this organization");
        }
        transaction.audit(
                "membership.add",
                Optional.of(membership.organization()),
                membership.id(),
                Detail.of("user", membership.user())
                        .with("role", membership.role().map(Id::text).orElse("")));
        return new Stored.Done<>(tables.membership(membership.id()).orElseThrow());
    }

    static long live(Tables tables, Id holder) {
        return tables.credentials.values().stream()
                .filter(credential -> credential.holder().equals(holder))
                .filter(credential -> !credential.standing().revoked())
                .count();
    }
}
