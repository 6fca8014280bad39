package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The facts in memory, as long as they are fresh.
record LiveSource(MemoryFacts memory, Freshness freshness) implements FactSource {
    @Override
    public Look<Members> members(Id credential) {
        return memory.members.members(credential);
    }

    @Override
    public Look<Members> load(Id credential) {
        return memory.filler.load(credential);
    }

    @Override
    public void gather(List<Id> credentials) {
        memory.filler.gather(credentials);
    }

    @Override
    public Look<List<Id>> credentialsOf(String clientId) {
        return memory.members.credentialsOf(clientId);
    }

    @Override
    public Look<List<Id>> loadCredentialsOf(String clientId) {
        return memory.filler.loadCredentialsOf(clientId);
    }

    @Override
    public Look<Subject> subject(Id customer) {
        return memory.members.subject(customer);
    }

    @Override
    public Look<Subject> loadSubject(Id customer) {
        return memory.filler.loadSubject(customer);
    }

    @Override
    public Look<Id> client(String clientId) {
        return memory.members.client(clientId);
    }

    @Override
    public Look<Id> loadClient(String clientId) {
        return memory.filler.loadClient(clientId);
    }

    @Override
    public Look<Actor> actor(Id application) {
        return memory.members.actor(application);
    }

    @Override
    public Look<Actor> loadActor(Id application) {
        return memory.filler.loadActor(application);
    }

    @Override
    public Look<Members> members(Id credential, Id member) {
        return memory.members.members(credential, member);
    }

    @Override
    public Look<Members> load(Id credential, Id member) {
        return memory.filler.load(credential, member);
    }

    @Override
    public Look<Login> login(String username) {
        return memory.members.login(username);
    }

    @Override
    public Look<Login> loadLogin(String username) {
        return memory.filler.loadLogin(username);
    }

    @Override
    public Look<Session> session(Digest digest) {
        return memory.members.session(digest);
    }

    @Override
    public Look<Session> loadSession(Digest digest) {
        return memory.filler.loadSession(digest);
    }

    @Override
    public Look<List<Organization>> organization(Id id) {
        return memory.members.organization(id);
    }

    @Override
    public Look<List<Organization>> loadOrganization(Id id) {
        return memory.filler.loadOrganization(id);
    }

    @Override
    public List<Api> apis() {
        return memory.apis.list();
    }

    @Override
    public List<IdentityProvider> providers() {
        return memory.apis.providers();
    }

    @Override
    public Optional<Api> api(Id id) {
        return memory.apis.one(id);
    }

    @Override
    public OriginSet pages(Id api) {
        return memory.apis.pages(api);
    }

    @Override
    public boolean dead(Id passing) {
        return memory.dead.has(passing);
    }

    @Override
    public boolean fresh(long arrivedNanos) {
        return freshness.fresh(arrivedNanos);
    }

    @Override
    public boolean fresh(long arrivedNanos, Duration age) {
        return freshness.fresh(arrivedNanos, age);
    }

    @Override
    public void catchUp() {
        freshness.catchUp();
    }

    @Override
    public long applied() {
        return memory.members.applied();
    }
}
