package dev.gatehouse.storage.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The members in memory. A look-up is one cache look-up and a walk over cells. A sequence lock makes the changes
/// of one transaction appear together, and the [Marks] keep out what was read before a change and arrives after
/// it.
final class FactCache {
    private static final Duration ABSENT_FOR = Duration.ofSeconds(30);
    private static final int OPTIMISTIC_TRIES = 3;
    private static final int LONGEST_REMEMBERED_NAME = 256;

    /// Stands for all applications in the marks; zero is never drawn as an id.
    private static final Id ANY_APPLICATION = new Id(Kind.APPLICATION, 0);

    private final Cache<Id, CredentialFact> credentials;
    private final Cache<Id, Boolean> absentCredentials;
    private final Cache<String, Cell<List<Id>>> clients;
    private final Cache<String, Boolean> absentClients;
    private final Cells<ApplicationFact> applications = new Cells<>();
    private final Cells<List<Id>> secrets = new Cells<>();
    private final Cells<Role> roles = new Cells<>();
    private final Cells<OrganizationFact> organizations = new Cells<>();
    private final Marks marks = new Marks();
    private final StampedLock sequence = new StampedLock();

    FactCache(FactBounds bounds, LongSupplier nanos) {
        this.credentials = bounded(bounds.credentials()).build();
        this.clients = bounded(bounds.clients()).build();
        this.absentCredentials = bounded(bounds.absent())
                .ticker(nanos::getAsLong)
                .expireAfterWrite(ABSENT_FOR)
                .build();
        this.absentClients = bounded(bounds.absent())
                .ticker(nanos::getAsLong)
                .expireAfterWrite(ABSENT_FOR)
                .build();
    }

    private static Caffeine<Object, Object> bounded(int entries) {
        return Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run);
    }

    Look<Members> members(Id credential) {
        return together(() -> {
            CredentialFact fact = credentials.getIfPresent(credential);
            if (fact == null) {
                return absentCredentials.getIfPresent(credential) == null ? new Look.Cold<>() : new Look.Absent<>();
            }
            return walk(fact);
        });
    }

    /// The walk up from a fact that may not be in the cache any more.
    Look<Members> members(CredentialFact fact) {
        return together(() -> walk(fact));
    }

    Look<List<Id>> secretsOf(String clientId) {
        return together(() -> {
            Cell<List<Id>> cell = clients.getIfPresent(clientId);
            if (cell == null) {
                return absentClients.getIfPresent(clientId) == null ? new Look.Cold<>() : new Look.Absent<>();
            }
            List<Id> list = cell.value();
            return list == null ? new Look.Cold<>() : new Look.Known<>(list);
        });
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
        List<Organization> chain = chain(application.organization());
        return chain.isEmpty()
                ? new Look.Cold<>()
                : new Look.Known<>(new Members(fact.credential(), application.application(), role, chain));
    }

    /// The organizations from a cell up to the root; empty when one of them is not in memory.
    private static List<Organization> chain(Cell<OrganizationFact> leaf) {
        List<Organization> up = new ArrayList<>(4);
        Optional<Cell<OrganizationFact>> next = Optional.of(leaf);
        while (next.isPresent()) {
            OrganizationFact fact = next.get().value();
            if (fact == null || up.size() == Organization.MAX_DEPTH) {
                return List.of();
            }
            up.add(fact.organization());
            next = fact.parent();
        }
        return Collections.unmodifiableList(up);
    }

    /// What to hand to [#store] later: taken before the query is sent.
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

    /// Of the organizations of these applications, those whose way up has to be read.
    List<Id> unreadOrganizations(Collection<Application> of) {
        return of.stream()
                .map(Application::organization)
                .distinct()
                .filter(id -> chain(organizations.of(id)).isEmpty())
                .toList();
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
            read.organizations().stream()
                    .filter(one -> untouched(one.id(), mark))
                    .forEach(one -> organizations
                            .of(one.id())
                            .fill(new OrganizationFact(one, one.parent().map(organizations::of))));
            read.roles().stream()
                    .filter(one -> untouched(one.id(), mark))
                    .forEach(one -> roles.of(one.id()).fill(one));
            read.applications().stream()
                    .filter(one -> untouched(one.id(), mark))
                    .forEach(one -> applications
                            .of(one.id())
                            .fill(new ApplicationFact(
                                    one, one.role().map(roles::of), organizations.of(one.organization()))));
            return keep(mark, asked, read.credentials());
        } finally {
            sequence.unlockRead(stamp);
        }
    }

    private Map<Id, Optional<CredentialFact>> keep(long mark, Collection<Id> asked, List<Credential> read) {
        Map<Id, Optional<CredentialFact>> kept = new HashMap<>();
        for (Credential one : read) {
            if (untouched(one.id(), mark)) {
                CredentialFact fact = new CredentialFact(one, applications.of(one.application()));
                kept.put(one.id(), Optional.of(credentials.get(one.id(), _ -> fact)));
            }
        }
        Set<Id> found = read.stream().map(Credential::id).collect(Collectors.toSet());
        for (Id id : asked) {
            if (!found.contains(id) && untouched(id, mark)) {
                absentCredentials.put(id, true);
                kept.put(id, Optional.empty());
            }
        }
        return kept;
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
                        absentClients.put(clientId, true);
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
            case CREDENTIAL -> {
                credentials.invalidate(id);
                absentCredentials.invalidate(id);
            }
            case APPLICATION -> {
                applications.drop(id);
                marks.touch(ANY_APPLICATION);
                if (!secrets.drop(id)) {
                    // Perhaps a new one, whose client_id a change does not tell.
                    absentClients.invalidateAll();
                }
            }
            case ROLE -> roles.drop(id);
            case ORGANIZATION -> organizations.drop(id);
            case API, ROUTE, KEY, TOKEN, NODE -> {}
        }
    }

    /// Drops everything, when changes may have been missed.
    void dropAll() {
        long stamp = sequence.writeLock();
        try {
            marks.next();
            marks.touchAll();
            credentials.invalidateAll();
            clients.invalidateAll();
            absentCredentials.invalidateAll();
            absentClients.invalidateAll();
            applications.dropAll();
            secrets.dropAll();
            roles.dropAll();
            organizations.dropAll();
        } finally {
            sequence.unlockWrite(stamp);
        }
    }

    /// How many entries the bounded caches hold, for tests and metrics: credentials, clients, absent ones.
    Sizes sizes() {
        List.of(credentials, clients, absentCredentials, absentClients).forEach(Cache::cleanUp);
        return new Sizes(
                credentials.estimatedSize(),
                clients.estimatedSize(),
                absentCredentials.estimatedSize() + absentClients.estimatedSize());
    }

    /// Entries of the bounded caches.
    record Sizes(long credentials, long clients, long absent) {}
}
