package dev.gatehouse.oauth;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts in maps, with switches for what a database and a clock can do to them.
public final class MemoryFacts implements FactSource {
    public final Map<Id, Members> members = new HashMap<>();
    public final Map<String, List<Id>> secrets = new HashMap<>();
    public final Map<Id, Subject> subjects = new HashMap<>();
    public final Map<Digest, Session> sessions = new HashMap<>();
    public final Map<Id, List<Organization>> organizations = new HashMap<>();
    public final Set<Id> dead = new HashSet<>();
    public final List<Id> gathered = new ArrayList<>();
    public boolean cold;
    public boolean down;
    public int freshFor = Integer.MAX_VALUE;
    public int looks;
    public int loads;

    @Override
    public Look<Members> members(Id credential) {
        looks++;
        return cold ? new Look.Cold<>() : look(members.get(credential));
    }

    @Override
    public Look<Members> load(Id credential) {
        up();
        return look(members.get(credential));
    }

    @Override
    public Look<Members> members(Id credential, Id member) {
        return members(credential);
    }

    @Override
    public Look<Members> load(Id credential, Id member) {
        return load(credential);
    }

    @Override
    public Look<Login> login(String username) {
        return new Look.Absent<>();
    }

    @Override
    public Look<Login> loadLogin(String username) {
        return login(username);
    }

    @Override
    public Look<Session> session(Digest digest) {
        return sessions.containsKey(digest) ? new Look.Known<>(sessions.get(digest)) : new Look.Cold<>();
    }

    @Override
    public Look<Session> loadSession(Digest digest) {
        up();
        return look(sessions.get(digest));
    }

    @Override
    public void gather(List<Id> credentials) {
        gathered.addAll(credentials);
    }

    @Override
    public Look<List<Id>> credentialsOf(String clientId) {
        looks++;
        return cold ? new Look.Cold<>() : look(secrets.get(clientId));
    }

    @Override
    public Look<List<Id>> loadCredentialsOf(String clientId) {
        up();
        return look(secrets.get(clientId));
    }

    @Override
    public Look<Subject> subject(Id customer) {
        looks++;
        return cold ? new Look.Cold<>() : look(subjects.get(customer));
    }

    @Override
    public Look<Subject> loadSubject(Id customer) {
        up();
        return look(subjects.get(customer));
    }

    @Override
    public Look<Id> client(String clientId) {
        return new Look.Absent<>();
    }

    @Override
    public Look<Id> loadClient(String clientId) {
        up();
        return new Look.Absent<>();
    }

    @Override
    public Look<Actor> actor(Id application) {
        return new Look.Absent<>();
    }

    @Override
    public Look<Actor> loadActor(Id application) {
        for (Members one : members.values()) {
            if (one.holder() instanceof Application found && found.id().equals(application)) {
                return new Look.Known<>(new Actor(found, one.role(), one.chain()));
            }
        }
        return new Look.Absent<>();
    }

    private static <T> Look<T> look(T value) {
        return value == null ? new Look.Absent<>() : new Look.Known<>(value);
    }

    @Override
    public Look<List<Organization>> organization(Id id) {
        looks++;
        return cold ? new Look.Cold<>() : look(organizations.get(id));
    }

    @Override
    public Look<List<Organization>> loadOrganization(Id id) {
        up();
        return look(organizations.get(id));
    }

    @Override
    public List<IdentityProvider> providers() {
        return List.of();
    }

    @Override
    public List<Api> apis() {
        return List.of();
    }

    @Override
    public Optional<Api> api(Id id) {
        return Optional.empty();
    }

    @Override
    public OriginSet pages(Id api) {
        return OriginSet.NONE;
    }

    @Override
    public boolean dead(Id passing) {
        return dead.contains(passing);
    }

    @Override
    public boolean fresh(long arrivedNanos) {
        return freshFor-- > 0;
    }

    @Override
    public void catchUp() {
        up();
    }

    @Override
    public long applied() {
        return 0;
    }

    private void up() {
        loads++;
        if (down) {
            throw new FactsUnavailable("the test took the database away");
        }
    }
}
