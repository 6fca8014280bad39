package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Secrets;
import java.util.Collection;
import java.util.HashMap;
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
    private static final int LONGEST_REMEMBERED_NAME = 256;

    /// Stands for all applications in the marks; zero is never drawn as an id.
    private static final Id ANY_APPLICATION = new Id(Kind.APPLICATION, 0);

    private final Leaves<Id, CredentialFact> credentials;
    private final Leaves<Id, CustomerFact> customers;
    private final Leaves<String, Cell<List<Id>>> clients;
    private final Cells<ApplicationFact> applications = new Cells<>();
    private final Cells<List<Id>> secrets = new Cells<>();
    private final Cells<Role> roles = new Cells<>();
    private final Leaves<Id, Cell<OrganizationFact>> named;
    private final OrganizationTree organizations = new OrganizationTree();
    private final LeanCredentials lean = new LeanCredentials();
    private final Marks marks = new Marks();
    private final StampedLock sequence = new StampedLock();

    FactCache(FactBounds bounds, LongSupplier nanos) {
        this.credentials = new Leaves<>(bounds.credentials(), bounds.absent(), nanos);
        this.customers = new Leaves<>(bounds.customers(), bounds.absent(), nanos);
        this.clients = new Leaves<>(bounds.clients(), bounds.absent(), nanos);
        this.named = new Leaves<>(bounds.organizations(), bounds.absent(), nanos);
    }

    Look<Members> members(Id credential) {
        return together(() -> credentials.look(credential, FactCache::walk));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Members> members(CredentialFact fact) {
        return together(() -> walk(fact));
    }

    Look<Subject> subject(Id customer) {
        return together(() -> customers.look(customer, FactCache::walk));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Subject> subject(CustomerFact fact) {
        return together(() -> walk(fact));
    }

    Look<List<Organization>> organization(Id id) {
        return together(() -> named.look(id, FactCache::walk));
    }

    /// The walk up from an organization that may not be in the cache any more.
    Look<List<Organization>> organization(Cell<OrganizationFact> cell) {
        return together(() -> walk(cell));
    }

    Look<List<Id>> secretsOf(String clientId) {
        return together(() -> clients.look(clientId, cell -> {
            List<Id> list = cell.value();
            return list == null ? new Look.Cold<>() : new Look.Known<>(list);
        }));
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

    private static Look<Members> walk(CredentialFact fact) {
        ApplicationFact application = fact.application().value();
        if (application == null) {
            return new Look.Cold<>();
        }
        Optional<Role> role = Optional.empty();
        if (application.role().isPresent()) {
            Role known = application.role().get().value();
            if (known == null) {
                return new Look.Cold<>();
            }
            role = Optional.of(known);
        }
        List<Organization> chain = OrganizationTree.up(application.organization());
        return chain.isEmpty()
                ? new Look.Cold<>()
                : new Look.Known<>(new Members(fact.credential(), application.application(), role, chain));
    }

    private static Look<Subject> walk(CustomerFact fact) {
        List<Organization> chain = OrganizationTree.up(fact.organization());
        return chain.isEmpty() ? new Look.Cold<>() : new Look.Known<>(new Subject(fact.customer(), chain));
    }

    private static Look<List<Organization>> walk(Cell<OrganizationFact> cell) {
        List<Organization> chain = OrganizationTree.up(cell);
        return chain.isEmpty() ? new Look.Cold<>() : new Look.Known<>(chain);
    }

    /// What to hand to a `store` later: taken before the query is sent.
    long mark() {
        return marks.count();
    }

    /// Of these applications, those that have to be read.
    List<Id> unread(Collection<Id> ids) {
        return ids.stream().filter(id -> applications.of(id).value() == null).toList();
    }

    /// Of the roles of these applications, those that have to be read.
    List<Id> unreadRoles(Collection<Application> of) {
        return of.stream()
                .flatMap(application -> application.role().stream())
                .distinct()
                .filter(id -> roles.of(id).value() == null)
                .toList();
    }

    /// Of these organizations, those whose way up has to be read.
    List<Id> unreadOrganizations(Collection<Id> ids) {
        return organizations.unread(ids);
    }

    /// The applications that are in memory among these.
    List<Application> known(Collection<Id> ids) {
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(applications.of(id).value()).stream())
                .map(ApplicationFact::application)
                .toList();
    }

    /// Keeps what a query brought, leaving out whatever was touched since its mark was taken. The answer names
    /// every id that was asked for and not left out.
    Map<Id, Optional<CredentialFact>> store(long mark, Collection<Id> asked, Lineages read) {
        long stamp = sequence.readLock();
        try {
            fill(mark, read.organizations());
            read.roles().stream()
                    .filter(one -> untouched(one.id(), mark))
                    .forEach(one -> roles.of(one.id()).fill(one));
            read.applications().stream()
                    .filter(one -> untouched(one.id(), mark))
                    .forEach(one -> applications
                            .of(one.id())
                            .fill(new ApplicationFact(
                                    one, one.role().map(roles::of), organizations.of(one.organization()))));
            return credentials.keep(
                    asked,
                    read.credentials(),
                    Credential::id,
                    one -> lean.fact(one, applications.of(one.application()), organizations.of(one.organization())),
                    id -> untouched(id, mark));
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    /// The same for customers.
    Map<Id, Optional<CustomerFact>> store(
            long mark, Collection<Id> asked, List<Customer> read, List<Organization> above) {
        long stamp = sequence.readLock();
        try {
            fill(mark, above);
            return customers.keep(
                    asked,
                    read,
                    Customer::id,
                    one -> new CustomerFact(one, organizations.of(one.organization())),
                    id -> untouched(id, mark));
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    /// The same for organizations that requests name.
    Map<Id, Optional<Cell<OrganizationFact>>> storeOrganizations(
            long mark, Collection<Id> asked, List<Organization> read) {
        long stamp = sequence.readLock();
        try {
            fill(mark, read);
            return named.keep(
                    asked,
                    read.stream().filter(one -> asked.contains(one.id())).toList(),
                    Organization::id,
                    one -> organizations.of(one.id()),
                    id -> untouched(id, mark));
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    private void fill(long mark, List<Organization> read) {
        read.stream().filter(one -> untouched(one.id(), mark)).forEach(organizations::fill);
    }

    /// The same for lists of client secrets.
    Map<String, Optional<List<Id>>> storeSecrets(long mark, Collection<String> asked, Map<String, Secrets> read) {
        Map<String, Optional<List<Id>>> kept = new HashMap<>();
        long stamp = sequence.readLock();
        try {
            for (String clientId : asked) {
                Secrets found = read.get(clientId);
                if (found == null && !marks.touchedSince(ANY_APPLICATION, mark)) {
                    if (clientId.length() <= LONGEST_REMEMBERED_NAME) {
                        clients.putAbsent(clientId);
                    }
                    kept.put(clientId, Optional.empty());
                } else if (found != null && untouched(found.application(), mark)) {
                    Cell<List<Id>> cell = secrets.of(found.application());
                    cell.fill(found.credentials());
                    clients.put(clientId, cell);
                    kept.put(clientId, Optional.of(found.credentials()));
                }
            }
        } finally {
            sequence.unlockRead(stamp);
        }
        return kept;
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
        switch (change.kind()) {
            case CREDENTIAL -> credentials.drop(id);
            case CUSTOMER -> customers.drop(id);
            case APPLICATION -> {
                applications.drop(id);
                marks.touch(ANY_APPLICATION);
                if (!secrets.drop(id)) {
                    // Perhaps a new one, whose client_id a change does not tell.
                    clients.dropAbsent();
                }
            }
            case ROLE -> roles.drop(id);
            case ORGANIZATION -> {
                organizations.drop(id);
                named.drop(id);
            }
            case API, ROUTE, KEY, TOKEN, NODE -> {}
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
            clients.dropAll();
            applications.dropAll();
            secrets.dropAll();
            roles.dropAll();
            organizations.dropAll();
            named.dropAll();
        } finally {
            sequence.unlockWrite(stamp);
        }
    }

    /// How many entries are held within bounds, for tests and metrics.
    Sizes sizes() {
        return new Sizes(
                credentials.size(),
                customers.size(),
                clients.size(),
                named.size(),
                credentials.absentSize() + customers.absentSize() + clients.absentSize() + named.absentSize());
    }

    /// Entries that are held within bounds.
    record Sizes(long credentials, long customers, long clients, long organizations, long absent) {}
}
