package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Reads what is missing in memory, in batches, and asks again when a change overtook the query.
final class Filler {
    private static final int TRIES = 8;

    private final FactCache cache;
    private final FactLoader loader;
    private final Batches<Id, Optional<CredentialFact>> credentials;
    private final Batches<Id, Optional<CustomerFact>> customers;
    private final Batches<String, Optional<List<Id>>> secrets;
    private final Batches<Id, Optional<Cell<OrganizationFact>>> organizations;

    Filler(FactCache cache, FactLoader loader) {
        this.cache = cache;
        this.loader = loader;
        Semaphore permits = new Semaphore(Batches.IN_FLIGHT);
        this.credentials = new Batches<>(permits, this::readCredentials);
        this.customers = new Batches<>(permits, this::readCustomers);
        this.secrets = new Batches<>(permits, this::readSecrets);
        this.organizations = new Batches<>(permits, this::readOrganizations);
    }

    Look<Members> load(Id credential) {
        return load(credential, cache::members, credentials, cache::members);
    }

    Look<Subject> loadSubject(Id customer) {
        return load(customer, cache::subject, customers, cache::subject);
    }

    Look<List<Organization>> loadOrganization(Id id) {
        return load(id, cache::organization, organizations, cache::organization);
    }

    private static <F, T> Look<T> load(
            Id id, Function<Id, Look<T>> cached, Batches<Id, Optional<F>> batches, Function<F, Look<T>> walk) {
        for (int i = 0; i < TRIES; i++) {
            Look<T> look = cached.apply(id);
            if (look instanceof Look.Cold) {
                Optional<Optional<F>> read = batches.ask(id);
                look = read.isEmpty() ? look : read.get().map(walk).orElseGet(Look.Absent::new);
            }
            if (!(look instanceof Look.Cold)) {
                return look;
            }
        }
        throw overtaken();
    }

    Look<List<Id>> loadSecretsOf(String clientId) {
        for (int i = 0; i < TRIES; i++) {
            Look<List<Id>> look = cache.secretsOf(clientId);
            if (!(look instanceof Look.Cold)) {
                return look;
            }
            Optional<Optional<List<Id>>> read = secrets.ask(clientId);
            if (read.isPresent()) {
                return read.get().<Look<List<Id>>>map(Look.Known::new).orElseGet(Look.Absent::new);
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
        List<Id> owners = found.stream().map(Credential::application).distinct().toList();
        List<Id> unread = cache.unread(owners);
        List<Application> applications = unread.isEmpty() ? List.of() : loader.applications(unread);
        List<Application> all = new ArrayList<>(cache.known(owners));
        all.addAll(applications);
        List<Id> roles = cache.unreadRoles(all);
        List<Id> organizations = cache.unreadOrganizations(
                all.stream().map(Application::organization).toList());
        return cache.store(
                mark,
                ids,
                new Lineages(
                        found,
                        applications,
                        roles.isEmpty() ? List.of() : loader.roles(roles),
                        organizations.isEmpty() ? List.of() : loader.organizationsUpward(organizations)));
    }

    private Map<Id, Optional<CustomerFact>> readCustomers(Collection<Id> ids) {
        long mark = cache.mark();
        List<Customer> found = loader.customers(ids);
        List<Id> homes = cache.unreadOrganizations(
                found.stream().map(Customer::organization).toList());
        return cache.store(mark, ids, found, homes.isEmpty() ? List.of() : loader.organizationsUpward(homes));
    }

    private Map<Id, Optional<Cell<OrganizationFact>>> readOrganizations(Collection<Id> ids) {
        long mark = cache.mark();
        return cache.storeOrganizations(mark, ids, loader.organizationsUpward(ids));
    }

    private Map<String, Optional<List<Id>>> readSecrets(Collection<String> clientIds) {
        long mark = cache.mark();
        return cache.storeSecrets(mark, clientIds, loader.secrets(clientIds));
    }
}
