package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The members in memory. A look-up is one cache look-up and a walk over cells. A [SequenceLock] makes the changes
/// of one transaction appear together, and the [Marks] keep out what was read before a change and arrives after
/// it.
final class FactCache {
    private final Leaves<Id, CredentialFact> credentials;
    private final Leaves<Id, CustomerFact> customers;
    private final Leaves<Id, Cell<MembershipFact>> acting;
    private final Leaves<Id, Cell<ApplicationFact>> actors;
    private final Leaves<Id, Cell<OrganizationFact>> named;
    private final HolderTree holders = new HolderTree();
    private final LeanCredentials lean = new LeanCredentials();
    private final Marks marks = new Marks();
    private final Names names;
    private final SequenceLock sequence = new SequenceLock();

    FactCache(FactBounds bounds, LongSupplier nanos) {
        this.credentials = new Leaves<>(bounds.credentials(), bounds.absent(), nanos);
        this.customers = new Leaves<>(bounds.customers(), bounds.absent(), nanos);
        this.acting = new Leaves<>(bounds.customers(), bounds.absent(), nanos);
        this.actors = new Leaves<>(bounds.clients(), bounds.absent(), nanos);
        this.named = new Leaves<>(bounds.organizations(), bounds.absent(), nanos);
        this.names = new Names(bounds, nanos, marks);
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
        return together(() -> holders.walk(fact, membership.id(), _ -> membership.look()));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Members> members(CredentialFact fact, Id member) {
        return together(() -> walk(fact, member));
    }

    private Look<Members> walk(CredentialFact fact, Id member) {
        return holders.walk(fact, member, id -> acting.look(id, Cell::look));
    }

    Look<Subject> subject(Id customer) {
        return together(() -> customers.look(customer, CustomerFact::walk));
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Subject> subject(CustomerFact fact) {
        return together(fact::walk);
    }

    Look<Actor> actor(Id application) {
        return together(() -> actors.look(application, holders::walk));
    }

    /// The walk up from an application that may not be in the cache any more.
    Look<Actor> actor(Cell<ApplicationFact> cell) {
        return together(() -> holders.walk(cell));
    }

    Look<List<Organization>> organization(Id id) {
        return together(() -> named.look(id, OrganizationTree::walk));
    }

    /// The walk up from an organization that may not be in the cache any more.
    Look<List<Organization>> organization(Cell<OrganizationFact> cell) {
        return together(() -> OrganizationTree.walk(cell));
    }

    Look<List<Id>> credentialsOf(String clientId) {
        return switch (together(() -> names.client(clientId))) {
            case Look.Cold<Proving>() -> new Look.Cold<>();
            case Look.Absent<Proving>() -> new Look.Absent<>();
            case Look.Known<Proving>(Proving proving) -> new Look.Known<>(proving.credentials());
        };
    }

    Look<Id> client(String clientId) {
        return switch (together(() -> names.client(clientId))) {
            case Look.Cold<Proving>() -> new Look.Cold<>();
            case Look.Absent<Proving>() -> new Look.Absent<>();
            case Look.Known<Proving>(Proving proving) -> new Look.Known<>(proving.application());
        };
    }

    Look<Login> login(String username) {
        return together(() -> names.login(username));
    }

    Look<Session> session(Digest digest) {
        return together(() -> names.session(digest));
    }

    /// Reads until nothing was applied in between.
    <T> Look<T> together(Supplier<Look<T>> read) {
        return sequence.together(read);
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
        return kept(
                mark,
                may -> holders.fill(above, may),
                may -> credentials.keep(asked, read, Credential::id, this::fact, may));
    }

    private CredentialFact fact(Credential one) {
        return lean.fact(one, holders.of(one.holder()), holders.organization(one.organization()));
    }

    /// The same for memberships that somebody acts by.
    Map<Id, Optional<Cell<MembershipFact>>> storeMemberships(
            long mark, Collection<Id> asked, List<Membership> read, Lineages above) {
        return kept(
                mark,
                may -> holders.fill(above, may),
                may -> acting.keep(asked, read, Membership::id, one -> holders.membership(one.id()), may));
    }

    /// The same for applications that act for users.
    Map<Id, Optional<Cell<ApplicationFact>>> storeActors(
            long mark, Collection<Id> asked, List<Application> read, Lineages above) {
        return kept(
                mark,
                may -> holders.fill(above, may),
                may -> actors.keep(asked, read, Application::id, one -> holders.application(one.id()), may));
    }

    /// The same for customers.
    Map<Id, Optional<CustomerFact>> storeCustomers(long mark, Collection<Id> asked, List<Customer> read, Upward above) {
        return kept(
                mark,
                may -> holders.fill(above, may),
                may -> customers.keep(
                        asked,
                        read,
                        Customer::id,
                        one -> new CustomerFact(one, holders.organization(one.organization())),
                        may));
    }

    /// The same for organizations that requests name.
    Map<Id, Optional<Cell<OrganizationFact>>> storeOrganizations(long mark, Collection<Id> asked, Upward read) {
        List<Organization> found = read.organizations().stream()
                .filter(one -> asked.contains(one.id()))
                .toList();
        return kept(
                mark,
                may -> holders.fill(read, may),
                may -> named.keep(asked, found, Organization::id, one -> holders.organization(one.id()), may));
    }

    /// @param above keeps what stands above, of what may be kept
    /// @param keep keeps what was asked for
    private <F> Map<Id, Optional<F>> kept(
            long mark, Consumer<Predicate<Id>> above, Function<Predicate<Id>, Map<Id, Optional<F>>> keep) {
        Predicate<Id> untouched = id -> !marks.touchedSince(id, mark);
        return sequence.between(() -> {
            above.accept(untouched);
            return keep.apply(untouched);
        });
    }

    /// The same for lists of what proves clients.
    Map<String, Optional<Proving>> storeProving(long mark, Collection<String> asked, Map<String, Proving> read) {
        return sequence.between(() -> names.keepClients(mark, asked, read));
    }

    /// The same for what usernames lead to.
    Map<String, Optional<Login>> storeLogins(long mark, Collection<String> asked, Map<String, Login> read) {
        return sequence.between(() -> names.keepLogins(mark, asked, read));
    }

    /// The same for sessions.
    Map<Digest, Optional<Session>> storeSessions(long mark, Collection<Digest> asked, Map<Digest, Session> read) {
        return sequence.between(() -> names.keepSessions(mark, asked, read));
    }

    /// How often changes were applied.
    long applied() {
        return marks.count();
    }

    /// Drops what changed, all at once for whoever reads.
    void apply(List<Change> changes) {
        sequence.apply(() -> {
            marks.next();
            changes.forEach(this::drop);
        });
    }

    private void drop(Change change) {
        Id id = change.named();
        marks.touch(id);
        holders.drop(id);
        names.drop(id);
        switch (change.kind()) {
            case CREDENTIAL -> credentials.drop(id);
            case CUSTOMER -> customers.drop(id);
            case APPLICATION -> actors.drop(id);
            case MEMBERSHIP -> acting.drop(id);
            case ORGANIZATION -> named.drop(id);
            case USER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> {}
        }
    }

    /// Drops everything, when changes may have been missed.
    void dropAll() {
        sequence.apply(() -> {
            marks.next();
            marks.touchAll();
            credentials.dropAll();
            customers.dropAll();
            acting.dropAll();
            actors.dropAll();
            named.dropAll();
            names.dropAll();
            holders.dropAll();
        });
    }

    /// How many entries are held within bounds, for tests and metrics.
    Sizes sizes() {
        return new Sizes(
                credentials.size(),
                customers.size() + acting.size(),
                actors.size() + names.size(),
                named.size(),
                credentials.absentSize()
                        + customers.absentSize()
                        + acting.absentSize()
                        + actors.absentSize()
                        + names.absentSize()
                        + named.absentSize());
    }

    /// Entries that are held within bounds.
    record Sizes(long credentials, long customers, long clients, long organizations, long absent) {}
}
