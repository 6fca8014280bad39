package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Rights;
import java.util.List;
import java.util.Optional;

/// Facts that are the stored rows themselves: never cold, always fresh.
record MemoryFacts(Writes writes) implements FactSource {
    @Override
    public Look<Members> members(Id credential) {
        Tables tables = writes.now();
        return tables.credential(credential)
                .flatMap(found -> members(tables, found))
                .<Look<Members>>map(Look.Known::new)
                .orElseGet(Look.Absent::new);
    }

    private static Optional<Members> members(Tables tables, Credential credential) {
        return tables.application(credential.application())
                .map(application -> new Members(
                        credential,
                        application,
                        application.role().flatMap(tables::role),
                        tables.chain(application.organization())));
    }

    @Override
    public Look<Members> load(Id credential) {
        return members(credential);
    }

    @Override
    public Look<List<Id>> secretsOf(String clientId) {
        Tables tables = writes.now();
        return tables.applicationByClientId(clientId)
                .<Look<List<Id>>>map(application -> new Look.Known<>(secrets(tables, application)))
                .orElseGet(Look.Absent::new);
    }

    private static List<Id> secrets(Tables tables, Application application) {
        return tables.credentials.values().stream()
                .filter(credential -> credential.application().equals(application.id()))
                .filter(credential -> credential.kind() == CredentialKind.SECRET)
                .filter(credential -> !credential.standing().revoked())
                .map(Credential::id)
                .toList();
    }

    @Override
    public Look<List<Id>> loadSecretsOf(String clientId) {
        return secretsOf(clientId);
    }

    @Override
    public Look<Subject> subject(Id customer) {
        Tables tables = writes.now();
        return tables.customer(customer)
                .<Look<Subject>>map(found -> new Look.Known<>(new Subject(found, tables.chain(found.organization()))))
                .orElseGet(Look.Absent::new);
    }

    @Override
    public Look<Subject> loadSubject(Id customer) {
        return subject(customer);
    }

    @Override
    public Look<List<Organization>> organization(Id id) {
        List<Organization> chain = writes.now().chain(id);
        return chain.isEmpty() ? new Look.Absent<>() : new Look.Known<>(chain);
    }

    @Override
    public Look<List<Organization>> loadOrganization(Id id) {
        return organization(id);
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
        return true;
    }

    /// There is nothing newer than what is read.
    @Override
    public void catchUp() {}

    @Override
    public long applied() {
        return writes.applied();
    }
}
