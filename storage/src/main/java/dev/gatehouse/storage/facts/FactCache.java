package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Proving;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The members in memory. A look-up is one cache look-up and a walk over cells. A sequence lock makes the changes
/// of one transaction appear together, and the [Marks] keep out what was read before a change and arrives after
/// it.
final class FactCache {
    private static final int OPTIMISTIC_TRIES = 3;

    private final Leaves<Id, CredentialFact> credentials;
    private final Leaves<Id, CustomerFact> customers;
    private final Leaves<Id, Cell<MembershipFact>> acting;
    private final Leaves<Id, Cell<ApplicationFact>> actors;
    private final PublicNames<String, Proving> clients;
    private final PublicNames<String, Login> logins;
    private final PublicNames<Digest, Session> sessions;
    private final Leaves<Id, Cell<OrganizationFact>> named;
    private final HolderTree holders = new HolderTree();
    private final LeanCredentials lean = new LeanCredentials();
    private final Marks marks = new Marks();
    private final StampedLock sequence = new StampedLock();

    FactCache(FactBounds bounds, LongSupplier nanos) {
        this.credentials = new Leaves<>(bounds.credentials(), bounds.absent(), nanos);
        this.customers = new Leaves<>(bounds.customers(), bounds.absent(), nanos);
        this.acting = new Leaves<>(bounds.customers(), bounds.absent(), nanos);
        this.actors = new Leaves<>(bounds.clients(), bounds.absent(), nanos);
        this.clients = new PublicNames<>(Kind.APPLICATION, false, bounds.clients(), bounds.absent(), nanos);
        this.logins = new PublicNames<>(Kind.USER, true, bounds.clients(), bounds.absent(), nanos);
        this.sessions = new PublicNames<>(Kind.SESSION, false, bounds.clients(), bounds.absent(), nanos);
        this.named = new Leaves<>(bounds.organizations(), bounds.absent(), nanos);
    }

    Look<Members> members(Id credential) {
        return together(() -> credentials.look(credential, holders::walk));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Members> members(CredentialFact fact) {
        return together(() -> holders.walk(fact));
    }

    Look<Members> members(Id credential, Id member) {
        return together(() -> credentials.look(credential, fact -> walk(fact, member)));
    }

    /// The walk up from facts that may not be in the cache any more.
    Look<Members> members(CredentialFact fact, Cell<MembershipFact> membership) {
        return together(() -> holders.walk(fact, membership.id(), _ -> known(membership)));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Members> members(CredentialFact fact, Id member) {
        return together(() -> walk(fact, member));
    }

    private Look<Members> walk(CredentialFact fact, Id member) {
        return holders.walk(fact, member, id -> acting.look(id, FactCache::known));
    }

    private static Look<MembershipFact> known(Cell<MembershipFact> cell) {
        MembershipFact fact = cell.value();
        return fact == null ? new Look.Cold<>() : new Look.Known<>(fact);
    }

    Look<Subject> subject(Id customer) {
        return together(() -> customers.look(customer, FactCache::walk));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Subject> subject(CustomerFact fact) {
        return together(() -> walk(fact));
    }

    private static Look<Subject> walk(CustomerFact fact) {
        List<Organization> chain = OrganizationTree.up(fact.organization());
        return chain.isEmpty() ? new Look.Cold<>() : new Look.Known<>(new Subject(fact.customer(), chain));
    }

    Look<Actor> actor(Id application) {
        return together(() -> actors.look(application, holders::walk));
    }

    /// The walk up from an application that may not be in the cache any more.
    Look<Actor> actor(Cell<ApplicationFact> cell) {
        return together(() -> holders.walk(cell));
    }

    Look<List<Organization>> organization(Id id) {
        return together(() -> named.look(id, FactCache::walk));
    }

    /// The walk up from an organization that may not be in the cache any more.
    Look<List<Organization>> organization(Cell<OrganizationFact> cell) {
        return together(() -> walk(cell));
    }

    private static Look<List<Organization>> walk(Cell<OrganizationFact> cell) {
        List<Organization> chain = OrganizationTree.up(cell);
        return chain.isEmpty() ? new Look.Cold<>() : new Look.Known<>(chain);
    }

    Look<List<Id>> credentialsOf(String clientId) {
        return switch (together(() -> clients.look(clientId))) {
            case Look.Cold<Proving>() -> new Look.Cold<>();
            case Look.Absent<Proving>() -> new Look.Absent<>();
            case Look.Known<Proving>(Proving proving) -> new Look.Known<>(proving.credentials());
        };
    }

    Look<Id> client(String clientId) {
        return switch (together(() -> clients.look(clientId))) {
            case Look.Cold<Proving>() -> new Look.Cold<>();
            case Look.Absent<Proving>() -> new Look.Absent<>();
            case Look.Known<Proving>(Proving proving) -> new Look.Known<>(proving.application());
        };
    }

    Look<Login> login(String username) {
        return together(() -> logins.look(username));
    }

    Look<Session> session(Digest digest) {
        return together(() -> sessions.look(digest));
    }

    /// Reads until nothing was applied in between.
    <T> Look<T> together(Supplier<Look<T>> read) {
        for (int i = 0; i < OPTIMISTIC_TRIES; i++) {
            long stamp = sequence.tryOptimisticRead();
            if (stamp != 0) {
                Look<T> look = read.get();
                if (sequence.validate(stamp)) {
                    return look;
                }
            }
        }
        long stamp = sequence.readLock();
        try {
            return read.get();
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    /// What to hand to a `store` later: taken before the query is sent.
    long mark() {
        return marks.count();
    }

    /// What is above credentials, to see what of it has to be read.
    HolderTree holders() {
        return holders;
    }

    /// Keeps what a query brought, leaving out whatever was touched since its mark was taken. The answer names
    /// every id that was asked for and not left out.
    Map<Id, Optional<CredentialFact>> storeCredentials(
            long mark, Collection<Id> asked, List<Credential> read, Lineages above) {
        return reading(() -> {
            holders.fill(above, id -> untouched(id, mark));
            return credentials.keep(
                    asked,
                    read,
                    Credential::id,
                    one -> lean.fact(one, holders.of(one.holder()), holders.organization(one.organization())),
                    id -> untouched(id, mark));
        });
    }

    /// The same for memberships that somebody acts by.
    Map<Id, Optional<Cell<MembershipFact>>> storeMemberships(
            long mark, Collection<Id> asked, List<Membership> read, Lineages above) {
        return reading(() -> {
            holders.fill(above, id -> untouched(id, mark));
            return acting.keep(
                    asked, read, Membership::id, one -> holders.membership(one.id()), id -> untouched(id, mark));
        });
    }

    /// The same for applications that act for users.
    Map<Id, Optional<Cell<ApplicationFact>>> storeActors(
            long mark, Collection<Id> asked, List<Application> read, Lineages above) {
        return reading(() -> {
            holders.fill(above, id -> untouched(id, mark));
            return actors.keep(
                    asked, read, Application::id, one -> holders.application(one.id()), id -> untouched(id, mark));
        });
    }

    /// The same for customers.
    Map<Id, Optional<CustomerFact>> storeCustomers(long mark, Collection<Id> asked, List<Customer> read, Upward above) {
        return reading(() -> {
            holders.fill(above, id -> untouched(id, mark));
            return customers.keep(
                    asked,
                    read,
                    Customer::id,
                    one -> new CustomerFact(one, holders.organization(one.organization())),
                    id -> untouched(id, mark));
        });
    }

    /// The same for organizations that requests name.
    Map<Id, Optional<Cell<OrganizationFact>>> storeOrganizations(long mark, Collection<Id> asked, Upward read) {
        return reading(() -> {
            holders.fill(read, id -> untouched(id, mark));
            return named.keep(
                    asked,
                    read.organizations().stream()
                            .filter(one -> asked.contains(one.id()))
                            .toList(),
                    Organization::id,
                    one -> holders.organization(one.id()),
                    id -> untouched(id, mark));
        });
    }

    /// The same for lists of what proves clients.
    Map<String, Optional<Proving>> storeProving(long mark, Collection<String> asked, Map<String, Proving> read) {
        return reading(() -> clients.keep(mark, marks, asked, read, Proving::application));
    }

    /// The same for what usernames lead to.
    Map<String, Optional<Login>> storeLogins(long mark, Collection<String> asked, Map<String, Login> read) {
        return reading(() -> logins.keep(mark, marks, asked, read, Login::user));
    }

    /// The same for sessions.
    Map<Digest, Optional<Session>> storeSessions(long mark, Collection<Digest> asked, Map<Digest, Session> read) {
        return reading(() -> sessions.keep(mark, marks, asked, read, Session::id));
    }

    private <T> T reading(Supplier<T> work) {
        long stamp = sequence.readLock();
        try {
            return work.get();
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    private boolean untouched(Id id, long mark) {
        return !marks.touchedSince(id, mark);
    }

    /// How often changes were applied.
    long applied() {
        return marks.count();
    }

    /// Drops what changed, all at once for whoever reads.
    void apply(List<Change> changes) {
        long stamp = sequence.writeLock();
        try {
            marks.next();
            changes.forEach(this::drop);
        } finally {
            sequence.unlockWrite(stamp);
        }
    }

    private void drop(Change change) {
        Id id = change.named();
        marks.touch(id);
        holders.drop(id);
        switch (change.kind()) {
            case CREDENTIAL -> credentials.drop(id);
            case CUSTOMER -> customers.drop(id);
            case APPLICATION -> {
                clients.drop(id, marks);
                actors.drop(id);
            }
            case USER -> logins.drop(id, marks);
            case MEMBERSHIP -> acting.drop(id);
            case SESSION -> sessions.drop(id, marks);
            case ORGANIZATION -> named.drop(id);
            case CONNECTION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE -> {}
        }
    }

    /// Drops everything, when changes may have been missed.
    void dropAll() {
        long stamp = sequence.writeLock();
        try {
            marks.next();
            marks.touchAll();
            credentials.dropAll();
            customers.dropAll();
            acting.dropAll();
            actors.dropAll();
            clients.dropAll();
            logins.dropAll();
            sessions.dropAll();
            named.dropAll();
            holders.dropAll();
        } finally {
            sequence.unlockWrite(stamp);
        }
    }

    /// How many entries are held within bounds, for tests and metrics.
    Sizes sizes() {
        return new Sizes(
                credentials.size(),
                customers.size() + acting.size(),
                clients.size() + actors.size() + logins.size() + sessions.size(),
                named.size(),
                credentials.absentSize()
                        + customers.absentSize()
                        + acting.absentSize()
                        + clients.absentSize()
                        + actors.absentSize()
                        + logins.absentSize()
                        + sessions.absentSize()
                        + named.absentSize());
    }

    /// Entries that are held within bounds.
    record Sizes(long credentials, long customers, long clients, long organizations, long absent) {}
}
