package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A database of the simplest kind: maps of rows. What happens between the reading of rows and the arrival of the
/// answer can be set.
final class Table implements FactLoader {
    static final Instant EPOCH = Instant.EPOCH;

    final Map<Id, Credential> credentials = new ConcurrentHashMap<>();
    final Map<Id, Application> applications = new ConcurrentHashMap<>();
    final Map<Id, Organization> organizations = new ConcurrentHashMap<>();
    final Map<Id, Customer> customers = new ConcurrentHashMap<>();
    final Map<Id, UserRow> users = new ConcurrentHashMap<>();
    final Map<Id, Membership> memberships = new ConcurrentHashMap<>();
    final Map<String, Login> logins = new ConcurrentHashMap<>();
    final Map<Id, Role> roles = new ConcurrentHashMap<>();
    final Map<String, Proving> proving = new ConcurrentHashMap<>();
    final List<Api> apis = new CopyOnWriteArrayList<>();
    final List<Dead> dead = new CopyOnWriteArrayList<>();
    final AtomicInteger queries = new AtomicInteger();
    volatile Runnable beforeTheAnswerArrives = () -> {};

    static Id id(Kind kind, long value) {
        return new Id(kind, value);
    }

    Organization organization(long value, Optional<Id> parent) {
        Organization one = new Organization(id(Kind.ORGANIZATION, value), parent, "org" + value, Standing.FRESH, EPOCH);
        organizations.put(one.id(), one);
        return one;
    }

    Role role(long value, Organization of) {
        Role one = new Role(id(Kind.ROLE, value), of.id(), "role" + value, Rights.NONE, false, 0);
        roles.put(one.id(), one);
        return one;
    }

    Application application(long value, Organization of, Optional<Id> role) {
        Application one = new Application(
                id(Kind.APPLICATION, value), of.id(), "client" + value, "app" + value, role, Standing.FRESH, EPOCH);
        applications.put(one.id(), one);
        proving.put(one.clientId(), new Proving(one.id(), List.of()));
        return one;
    }

    Credential credential(long value, Application of) {
        Credential one = new Credential(
                id(Kind.CREDENTIAL, value),
                of.id(),
                of.organization(),
                CredentialKind.SECRET,
                "secret" + value,
                "...",
                Digest.of(1, new byte[32]),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                EPOCH);
        credentials.put(one.id(), one);
        List<Id> list = new ArrayList<>(proving.get(of.clientId()).credentials());
        list.add(one.id());
        proving.put(of.clientId(), new Proving(of.id(), List.copyOf(list)));
        return one;
    }

    Customer customer(long value, Organization of) {
        Customer one = new Customer(id(Kind.CUSTOMER, value), of.id(), "customer" + value, Standing.FRESH, EPOCH);
        customers.put(one.id(), one);
        return one;
    }

    static Standing held() {
        return new Standing(Set.of(Hold.OWNER), false, 0, Standing.FRESH.window(), 1);
    }

    void hold(Organization one) {
        organizations.put(one.id(), new Organization(one.id(), one.parent(), one.name(), held(), one.createdAt()));
    }

    void hold(Customer one) {
        customers.put(one.id(), new Customer(one.id(), one.organization(), one.name(), held(), one.createdAt()));
    }

    void hold(Credential one) {
        credentials.put(
                one.id(),
                new Credential(
                        one.id(),
                        one.holder(),
                        one.organization(),
                        one.kind(),
                        one.name(),
                        one.hint(),
                        one.evidence(),
                        one.reach(),
                        one.restrictions(),
                        held(),
                        one.createdAt()));
    }

    @Override
    public List<Credential> credentials(Collection<Id> ids) {
        return answer(found(ids, credentials::get));
    }

    @Override
    public List<Application> applications(Collection<Id> ids) {
        return answer(found(ids, applications::get));
    }

    @Override
    public List<Customer> customers(Collection<Id> ids) {
        return answer(found(ids, customers::get));
    }

    @Override
    public List<Organization> organizationsUpward(Collection<Id> ids) {
        Map<Id, Organization> up = new LinkedHashMap<>();
        for (Id id : ids) {
            Optional<Id> next = Optional.of(id);
            while (next.isPresent() && organizations.containsKey(next.get())) {
                Organization one = organizations.get(next.get());
                up.put(one.id(), one);
                next = one.parent();
            }
        }
        return answer(List.copyOf(up.values()));
    }

    @Override
    public List<Role> roles(Collection<Id> ids) {
        return answer(found(ids, roles::get));
    }

    @Override
    public List<UserRow> users(Collection<Id> ids) {
        return answer(found(ids, users::get));
    }

    @Override
    public List<Membership> memberships(Collection<Id> ids) {
        return answer(found(ids, memberships::get));
    }

    @Override
    public Map<String, Login> logins(Collection<String> usernames) {
        Map<String, Login> found = new ConcurrentHashMap<>();
        usernames.forEach(name -> Optional.ofNullable(logins.get(name)).ifPresent(known -> found.put(name, known)));
        return answer(found);
    }

    @Override
    public Map<Digest, Session> sessions(Collection<Digest> digests) {
        return answer(Map.of());
    }

    @Override
    public Map<String, Proving> proving(Collection<String> clientIds) {
        Map<String, Proving> found = new ConcurrentHashMap<>();
        clientIds.forEach(
                clientId -> Optional.ofNullable(proving.get(clientId)).ifPresent(known -> found.put(clientId, known)));
        return answer(found);
    }

    @Override
    public List<IdentityProvider> providers() {
        return List.of();
    }

    @Override
    public List<Api> apis() {
        return answer(List.copyOf(apis));
    }

    @Override
    public List<DomainKey> domainKeys(int limit) {
        return List.of();
    }

    @Override
    public List<Dead> dead(Instant now, int limit) {
        return answer(dead.stream().limit(limit).toList());
    }

    private <T> T answer(T read) {
        queries.incrementAndGet();
        Runnable once = beforeTheAnswerArrives;
        once.run();
        return read;
    }

    /// Runs once, after the next query has read its rows and before their reader has them.
    void overtakeTheNextAnswer(Runnable change) {
        beforeTheAnswerArrives = () -> {
            beforeTheAnswerArrives = () -> {};
            change.run();
        };
    }

    private static <T> List<T> found(Collection<Id> ids, Function<Id, T> table) {
        if (ids.size() > MAX_IDS) {
            throw new IllegalArgumentException("more than " + MAX_IDS + " ids");
        }
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(table.apply(id)).stream())
                .toList();
    }
}
