package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
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
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.FactLoader.Proving;
import dev.gatehouse.storage.feed.UserRow;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads what is missing in memory, in batches, and asks again when a change overtook the query.
final class Filler {
    private static final int TRIES = 8;

    private final FactCache cache;
    private final FactLoader loader;
    private final Batches<Id, Optional<CredentialFact>> credentials;
    private final Batches<Id, Optional<Cell<MembershipFact>>> memberships;
    private final Batches<Id, Optional<Cell<ApplicationFact>>> actors;
    private final Batches<Id, Optional<CustomerFact>> customers;
    private final Batches<String, Optional<Proving>> proving;
    private final Batches<String, Optional<Login>> logins;
    private final Batches<Digest, Optional<Session>> sessions;
    private final Batches<Id, Optional<Cell<OrganizationFact>>> organizations;

    Filler(FactCache cache, FactLoader loader) {
        this.cache = cache;
        this.loader = loader;
        Semaphore permits = new Semaphore(Batches.IN_FLIGHT);
        this.credentials = new Batches<>(permits, this::readCredentials);
        this.memberships = new Batches<>(permits, this::readMemberships);
        this.actors = new Batches<>(permits, this::readActors);
        this.customers = new Batches<>(permits, this::readCustomers);
        this.proving = new Batches<>(permits, this::readProving);
        this.logins = new Batches<>(permits, this::readLogins);
        this.sessions = new Batches<>(permits, this::readSessions);
        this.organizations = new Batches<>(permits, this::readOrganizations);
    }

    Look<Members> load(Id credential) {
        return load(credential, cache::members, credentials, cache::members);
    }

    /// Brings what is missing of these into memory, as far as no change overtakes it.
    void gather(List<Id> ids) {
        List<Id> cold = ids.stream()
                .filter(id -> cache.members(id) instanceof Look.Cold)
                .toList();
        for (int from = 0; from < cold.size(); from += FactLoader.MAX_IDS) {
            credentials.askAll(cold.subList(from, Math.min(cold.size(), from + FactLoader.MAX_IDS)));
        }
    }

    /// A membership that is read is not in memory by itself: nothing that stays may point at it.
    Look<Members> load(Id credential, Id member) {
        if (member.kind() != Kind.MEMBERSHIP) {
            return load(credential, id -> cache.members(id, member), credentials, fact -> cache.members(fact, member));
        }
        for (int i = 0; i < TRIES; i++) {
            Look<Members> look = cache.members(credential, member);
            if (look instanceof Look.Cold) {
                look = read(credential, member);
            }
            if (!(look instanceof Look.Cold)) {
                return look;
            }
        }
        throw overtaken();
    }

    private Look<Members> read(Id credential, Id member) {
        Optional<Optional<CredentialFact>> fact = credentials.ask(credential);
        Optional<Optional<Cell<MembershipFact>>> acting = memberships.ask(member);
        if (fact.isEmpty() || acting.isEmpty()) {
            return new Look.Cold<>();
        }
        return fact.get()
                .flatMap(one -> acting.get().map(two -> cache.members(one, two)))
                .orElseGet(Look.Absent::new);
    }

    Look<Subject> loadSubject(Id customer) {
        return load(customer, cache::subject, customers, cache::subject);
    }

    Look<Actor> loadActor(Id application) {
        return load(application, cache::actor, actors, cache::actor);
    }

    Look<List<Organization>> loadOrganization(Id id) {
        return load(id, cache::organization, organizations, cache::organization);
    }

    Look<List<Id>> loadCredentialsOf(String clientId) {
        return load(clientId, cache::credentialsOf, proving, found -> new Look.Known<>(found.credentials()));
    }

    Look<Id> loadClient(String clientId) {
        return load(clientId, cache::client, proving, found -> new Look.Known<>(found.application()));
    }

    Look<Login> loadLogin(String username) {
        return load(username, cache::login, logins, Look.Known::new);
    }

    Look<Session> loadSession(Digest digest) {
        return load(digest, cache::session, sessions, Look.Known::new);
    }

    private static <K, F, T> Look<T> load(
            K key, Function<K, Look<T>> cached, Batches<K, Optional<F>> batches, Function<F, Look<T>> walk) {
        for (int i = 0; i < TRIES; i++) {
            Look<T> look = cached.apply(key);
            if (look instanceof Look.Cold) {
                Optional<Optional<F>> read = batches.ask(key);
                look = read.isEmpty() ? look : read.get().map(walk).orElseGet(Look.Absent::new);
            }
            if (!(look instanceof Look.Cold)) {
                return look;
            }
        }
        throw overtaken();
    }

    private static FactsUnavailable overtaken() {
        return new FactsUnavailable("the facts change faster than they can be read");
    }

    private Map<Id, Optional<CredentialFact>> readCredentials(Collection<Id> ids) {
        long mark = cache.mark();
        List<Credential> found = loader.credentials(ids);
        List<Id> owners = found.stream().map(Credential::holder).distinct().toList();
        return cache.storeCredentials(mark, ids, found, above(owners));
    }

    private Map<Id, Optional<Cell<MembershipFact>>> readMemberships(Collection<Id> ids) {
        long mark = cache.mark();
        // Nothing else may point at their cells, and one that goes while its fact counts as read would read as absent.
        List<Cell<MembershipFact>> cells =
                ids.stream().map(cache.holders()::membership).toList();
        try {
            Lineages above = above(ids);
            List<Membership> found = both(cache.holders().knownMemberships(ids), above.memberships());
            return cache.storeMemberships(mark, ids, found, above);
        } finally {
            Reference.reachabilityFence(cells);
        }
    }

    private Map<Id, Optional<Cell<ApplicationFact>>> readActors(Collection<Id> ids) {
        long mark = cache.mark();
        Lineages above = above(ids);
        List<Application> found = both(cache.holders().knownApplications(ids), above.applications());
        return cache.storeActors(mark, ids, found, above);
    }

    /// Everything from these holders up that is not in memory.
    private Lineages above(Collection<Id> owners) {
        HolderTree tree = cache.holders();
        List<Id> asApplications = of(Kind.APPLICATION, owners);
        List<Id> asMemberships = of(Kind.MEMBERSHIP, owners);
        List<Application> applications = read(tree.unreadApplications(asApplications), loader::applications);
        List<Membership> members = read(tree.unreadMemberships(asMemberships), loader::memberships);
        List<Application> allApplications = both(tree.knownApplications(asApplications), applications);
        List<Membership> allMembers = both(tree.knownMemberships(asMemberships), members);
        List<Id> asUsers = both(
                of(Kind.USER, owners), allMembers.stream().map(Membership::user).toList());
        List<UserRow> users = read(tree.unreadUsers(asUsers), loader::users);
        List<UserRow> allUsers = both(tree.knownUsers(asUsers), users);
        List<Id> roles = Stream.concat(
                        allApplications.stream().map(Application::role),
                        allMembers.stream().map(Membership::role))
                .flatMap(Optional::stream)
                .toList();
        List<Id> organizations = tree.unreadOrganizations(Stream.of(
                        allApplications.stream().map(Application::organization),
                        allMembers.stream().map(Membership::organization),
                        allUsers.stream().map(UserRow::organization))
                .flatMap(some -> some)
                .toList());
        Upward upward = upward(organizations, roles);
        return new Lineages(applications, members, users, upward.roles(), upward.organizations());
    }

    /// Organizations up to the root, with the roles that bound what others may do there, and others.
    private Upward upward(List<Id> organizations, List<Id> others) {
        List<Organization> found = read(organizations, loader::organizationsUpward);
        List<Id> bounding = found.stream()
                .flatMap(one -> one.access().stream())
                .flatMap(access -> access.role().stream())
                .toList();
        return new Upward(found, read(cache.holders().unreadRoles(both(others, bounding)), loader::roles));
    }

    private static List<Id> of(Kind kind, Collection<Id> ids) {
        return ids.stream().filter(id -> id.kind() == kind).toList();
    }

    /// Above many there may be more than one query takes.
    private static <T> List<T> read(List<Id> ids, Function<Collection<Id>, List<T>> query) {
        List<T> read = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += FactLoader.MAX_IDS) {
            read.addAll(query.apply(ids.subList(from, Math.min(ids.size(), from + FactLoader.MAX_IDS))));
        }
        return read;
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private Map<Id, Optional<CustomerFact>> readCustomers(Collection<Id> ids) {
        long mark = cache.mark();
        List<Customer> found = loader.customers(ids);
        List<Id> homes = cache.holders()
                .unreadOrganizations(found.stream().map(Customer::organization).toList());
        return cache.storeCustomers(mark, ids, found, upward(homes, List.of()));
    }

    private Map<Id, Optional<Cell<OrganizationFact>>> readOrganizations(Collection<Id> ids) {
        long mark = cache.mark();
        return cache.storeOrganizations(mark, ids, upward(List.copyOf(ids), List.of()));
    }

    private Map<String, Optional<Proving>> readProving(Collection<String> clientIds) {
        long mark = cache.mark();
        return cache.storeProving(mark, clientIds, loader.proving(clientIds));
    }

    private Map<Digest, Optional<Session>> readSessions(Collection<Digest> digests) {
        long mark = cache.mark();
        return cache.storeSessions(mark, digests, loader.sessions(digests));
    }

    private Map<String, Optional<Login>> readLogins(Collection<String> usernames) {
        long mark = cache.mark();
        return cache.storeLogins(mark, usernames, loader.logins(usernames));
    }
}
