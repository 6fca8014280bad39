package dev.gatehouse.storage.facts;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Reads what is missing in memory, in batches, and asks again when a change overtook the query.
final class Filler {
    private static final int TRIES = 8;

    private final FactCache cache;
    private final FactLoader loader;
    private final Batches<Id, Optional<CredentialFact>> credentials;
    private final Batches<String, Optional<List<Id>>> secrets;

    Filler(FactCache cache, FactLoader loader) {
        this.cache = cache;
        this.loader = loader;
        Semaphore permits = new Semaphore(Batches.IN_FLIGHT);
        this.credentials = new Batches<>(permits, this::readCredentials);
        this.secrets = new Batches<>(permits, this::readSecrets);
    }

    Look<Members> load(Id credential) {
        for (int i = 0; i < TRIES; i++) {
            Look<Members> look = cache.members(credential);
            if (look instanceof Look.Cold) {
                Optional<Optional<CredentialFact>> read = credentials.ask(credential);
                look = read.isEmpty() ? look : read.get().map(cache::members).orElseGet(Look.Absent::new);
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
        List<Id> organizations = cache.unreadOrganizations(all);
        return cache.store(
                mark,
                ids,
                new Lineages(
                        found,
                        applications,
                        roles.isEmpty() ? List.of() : loader.roles(roles),
                        organizations.isEmpty() ? List.of() : loader.organizationsUpward(organizations)));
    }

    private Map<String, Optional<List<Id>>> readSecrets(Collection<String> clientIds) {
        long mark = cache.mark();
        return cache.storeSecrets(mark, clientIds, loader.secrets(clientIds));
    }
}
