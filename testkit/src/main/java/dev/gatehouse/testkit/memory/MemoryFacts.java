package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Holder;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.token.Session;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Facts that are the stored rows themselves: never cold, and fresh unless they are said to be behind.
record MemoryFacts(Writes writes, AtomicBoolean behind) implements FactSource {
    @Override
    public Look<Members> members(Id credential) {
        Tables tables = writes.now();
        return tables.credential(credential)
                .flatMap(found -> members(tables, found))
                .<Look<Members>>map(Look.Known::new)
                .orElseGet(Look.Absent::new);
    }

    private static Optional<Members> members(Tables tables, Credential credential) {
        return members(tables, credential, credential.holder());
    }

    private static Optional<Members> members(Tables tables, Credential credential, Id member) {
        return holder(tables, member)
                .filter(holder -> credential.holder().equals(member)
                        || credential.holder().equals(holder.who()))
                .map(holder -> new Members(
                        credential.lean(),
                        holder,
                        holder.role().flatMap(tables::role),
                        chain(tables, holder.organization())));
    }

    /// The way up, with the rights of the roles that bound what others may do there.
    private static List<Organization> chain(Tables tables, Id organization) {
        return tables.chain(organization).stream()
                .map(one -> one.with(one.access().stream()
                        .map(access -> access.of(access.role()
                                .flatMap(tables::role)
                                .map(Role::rights)
                                .orElse(Rights.NONE)))
                        .toList()))
                .toList();
    }

    private static Optional<Holder> holder(Tables tables, Id member) {
        Optional<Holder> application = tables.application(member).map(one -> one);
        return application.or(() -> tables.membership(member)
                .flatMap(membership -> tables.user(membership.user())
                        .map(user -> new Person(
                                user.id(),
                                user.username(),
                                user.standing(),
                                membership,
                                chain(tables, user.organization())))));
    }

    @Override
    public Look<Members> members(Id credential, Id member) {
        Tables tables = writes.now();
        return tables.credential(credential)
                .flatMap(found -> members(tables, found, member))
                .<Look<Members>>map(Look.Known::new)
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Members> load(Id credential, Id member) {
        return members(credential, member);
    }

    @Override
    public Look<Login> login(String username) {
        Tables tables = writes.now();
        return tables.userByName(username)
                .<Look<Login>>map(user -> new Look.Known<>(login(tables, user)))
                .orElseGet(Look.Absent::new);
    }

    private static Login login(Tables tables, User user) {
        Map<Id, Id> memberships = new HashMap<>();
        tables.membershipsOf(user.id()).forEach(one -> memberships.put(one.organization(), one.id()));
        return new Login(
                user.id(), user.organization(), tables.password(user.id()).map(Credential::id), memberships);
    }

    @Override
    public Look<Login> loadLogin(String username) {
        return login(username);
    }

    @Override
    public Look<Members> load(Id credential) {
        return members(credential);
    }

    @Override
    public Look<List<Id>> credentialsOf(String clientId) {
        Tables tables = writes.now();
        return tables.applicationByClientId(clientId)
                .<Look<List<Id>>>map(application -> new Look.Known<>(proving(tables, application)))
                .orElseGet(Look.Absent::new);
    }

    private static final Set<CredentialKind> PROVING =
            Set.of(CredentialKind.SECRET, CredentialKind.PUBLIC_KEY, CredentialKind.SIGNING_KEY);

    private static List<Id> proving(Tables tables, Application application) {
        return tables.credentials.values().stream()
                .filter(credential -> credential.holder().equals(application.id()))
                .filter(credential -> PROVING.contains(credential.kind()))
                .filter(credential -> !credential.standing().revoked())
                .map(Credential::id)
                .toList();
    }

    @Override
    public Look<List<Id>> loadCredentialsOf(String clientId) {
        return credentialsOf(clientId);
    }

    @Override
    public Look<Subject> subject(Id customer) {
        Tables tables = writes.now();
        return tables.customer(customer)
                .<Look<Subject>>map(found -> new Look.Known<>(new Subject(found, chain(tables, found.organization()))))
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Subject> loadSubject(Id customer) {
        return subject(customer);
    }

    @Override
    public Look<Id> client(String clientId) {
        return writes.now()
                .applicationByClientId(clientId)
                .<Look<Id>>map(application -> new Look.Known<>(application.id()))
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Id> loadClient(String clientId) {
        return client(clientId);
    }

    @Override
    public Look<Actor> actor(Id application) {
        Tables tables = writes.now();
        return tables.application(application)
                .<Look<Actor>>map(found -> new Look.Known<>(
                        new Actor(found, found.role().flatMap(tables::role), chain(tables, found.organization()))))
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Actor> loadActor(Id application) {
        return actor(application);
    }

    @Override
    public Look<Session> session(Digest digest) {
        Tables tables = writes.now();
        return Optional.ofNullable(tables.sessionsByDigest.get(digest))
                .flatMap(tables::session)
                .<Look<Session>>map(Look.Known::new)
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Session> loadSession(Digest digest) {
        return session(digest);
    }

    @Override
    public Look<List<Organization>> organization(Id id) {
        List<Organization> chain = chain(writes.now(), id);
        return chain.isEmpty() ? new Look.Absent<>() : new Look.Known<>(chain);
    }

    @Override
    public Look<List<Organization>> loadOrganization(Id id) {
        return organization(id);
    }

    @Override
    public List<IdentityProvider> providers() {
        return writes.now().identityProviders.values().stream()
                .map(IdentityStore.Held::provider)
                .sorted(Comparator.comparing(IdentityProvider::name))
                .toList();
    }

    @Override
    public List<Api> apis() {
        return MemoryApis.byName(writes.now());
    }

    @Override
    public Optional<Api> api(Id id) {
        return writes.now().api(id);
    }

    @Override
    public OriginSet pages(Id api) {
        return OriginSet.of(writes.now().credentials.values().stream()
                .filter(credential -> credential.kind() == CredentialKind.DOMAIN_KEY)
                .filter(credential -> !credential.standing().revoked())
                .filter(credential -> credential.restrictions().apis().admits(api::equals))
                .filter(credential -> credential.reach() instanceof Reach.Only(Rights rights)
                        && !rights.at(api).isEmpty())
                .flatMap(credential -> credential.restrictions().origins().listed().stream())
                .distinct()
                .toList());
    }

    @Override
    public boolean dead(Id passing) {
        return writes.now().dead.containsKey(passing);
    }

    @Override
    public boolean fresh(long arrivedNanos) {
        return !behind.get();
    }

    /// There is nothing newer than what is read.
    @Override
    public void catchUp() {}

    @Override
    public long applied() {
        return writes.applied();
    }
}
