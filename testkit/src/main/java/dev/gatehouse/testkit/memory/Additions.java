package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
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
        Optional<Application> owner = tables.application(credential.application())
                .filter(found -> found.organization().equals(credential.organization()));
        if (owner.isEmpty()) {
            return new Stored.Missing<>();
        }
        if (owner.get().standing().revoked()) {
            return new Stored.Conflict<>("the application is revoked");
        }
        if (live(tables, owner.get()) >= MemberStore.MAX_CREDENTIALS) {
            return new Stored.Full<>("an application has at most " + MemberStore.MAX_CREDENTIALS + " credentials");
        }
        Optional<Stored<Credential>> full = full(tables, credential);
        if (full.isPresent()) {
            return full.get();
        }
        if (!Insert.credential(tables, credential)) {
            return new Stored.Conflict<>("the id is in use");
        }
        transaction.audit(
                "credential.add",
                Optional.of(credential.organization()),
                credential.id(),
                Detail.of("name", credential.name())
                        .with("kind", credential.kind().wire())
                        .with("application", credential.application())
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
        transaction.audit(
                "customer.add",
                Optional.of(customer.organization()),
                customer.id(),
                Detail.of("name", customer.name()));
        return true;
    }

    /// Why there is no room for another domain key.
    static Optional<Stored<Credential>> full(Tables tables, Credential credential) {
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

    static long live(Tables tables, Application application) {
        return tables.credentials.values().stream()
                .filter(credential -> credential.application().equals(application.id()))
                .filter(credential -> !credential.standing().revoked())
                .count();
    }
}
