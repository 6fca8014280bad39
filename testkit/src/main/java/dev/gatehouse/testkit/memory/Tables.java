package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.testkit.memory.MemoryTokens.Begun;
import dev.gatehouse.testkit.memory.MemoryTokens.Dead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// All that is stored, at one moment: a map by id for each noun, and the audit trail. Filled by one verb alone,
/// never changed once the verb is done.
final class Tables {
    private static final Comparator<Id> UNSIGNED =
            Comparator.comparing(Id::value, Long::compareUnsigned).thenComparing(Id::kind);

    final NavigableMap<Id, Organization> organizations = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Application> applications = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Credential> credentials = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, SecretCopy> secretCopies = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Customer> customers = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, User> users = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Membership> memberships = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, SealedConnection> connections = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, MemoryConnectSessions.Row> connectSessions = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Api> apis = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Role> roles = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, StoredKey> keys = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, Session> sessions = new TreeMap<>(UNSIGNED);
    final Map<Digest, Id> sessionsByDigest = new HashMap<>();
    final NavigableMap<Id, GrantRow> grants = new TreeMap<>(UNSIGNED);
    final Map<MemoryGrants.Between, GrantStore.Consent> consents = new HashMap<>();
    /// How far down the organization is that set the hold `owner`.
    final Map<Id, Integer> heldDepths = new HashMap<>();
    final Map<Id, Dead> dead = new HashMap<>();
    final Map<MemoryAssertions.Name, Instant> assertions = new HashMap<>();
    final Map<Digest, MemoryPushedRequests.Kept> pushedRequests = new HashMap<>();
    final Map<Bytes, Instant> proofs = new HashMap<>();
    final Map<Digest, MemoryDevices.Row> devices = new HashMap<>();
    final Map<Digest, OutboxRows.Row<Ping>> pings = new HashMap<>();
    final Map<Id, RequestCodeStore.RequestCode> requestCodes = new HashMap<>();
    final List<MemoryLogouts.Of> loginClients = new ArrayList<>();
    final Map<Id, OutboxRows.Row<ConnectionEvent>> connectionEvents = new TreeMap<>(UNSIGNED);
    final Map<MemoryLogouts.Name, OutboxRows.Row<LogoutStore.Client>> notices = new HashMap<>();
    final Map<Id, MemoryFactors.Row> factors = new HashMap<>();
    final Map<MemoryResets.Name, OutboxRows.Row<ResetStore.Asked>> resets = new HashMap<>();
    final Map<Bytes, MemoryResets.Had> mailboxes = new HashMap<>();
    final Map<Bytes, PasskeyStore.Passkey> passkeys = new HashMap<>();
    final Map<Id, Bytes> openedByPasskey = new HashMap<>();
    final NavigableMap<Id, IdentityStore.Held> identityProviders = new TreeMap<>(UNSIGNED);
    final NavigableMap<Id, IdentityStore.Link> identityLinks = new TreeMap<>(UNSIGNED);
    final Map<Digest, IdentityStore.Trip> identityTrips = new HashMap<>();
    final Map<Id, Joined> identityJoins = new HashMap<>();
    final Map<MemoryRetiredUses.Name, RetiredUseStore.Use> retiredUses = new HashMap<>();
    final Map<Digest, RegistrationStore.InitialToken> initialTokens = new HashMap<>();
    final Map<Id, RegistrationStore.Registered> registered = new HashMap<>();
    final Map<Id, Instant> usedClients = new HashMap<>();
    final Map<Id, Begun> lines = new HashMap<>();
    final Map<Bytes, MemoryReplies.Kept> replies = new HashMap<>();
    final List<AuditRow> audit = new ArrayList<>();
    final List<AuditSeal> seals = new ArrayList<>();
    Optional<String> keyFile = Optional.empty();

    /// A copy to change.
    Tables copy() {
        Tables copy = new Tables();
        copy.organizations.putAll(organizations);
        copy.applications.putAll(applications);
        copy.credentials.putAll(credentials);
        copy.secretCopies.putAll(secretCopies);
        copy.customers.putAll(customers);
        copy.users.putAll(users);
        copy.memberships.putAll(memberships);
        copy.connections.putAll(connections);
        copy.connectSessions.putAll(connectSessions);
        copy.apis.putAll(apis);
        copy.roles.putAll(roles);
        copy.keys.putAll(keys);
        copy.sessions.putAll(sessions);
        copy.sessionsByDigest.putAll(sessionsByDigest);
        copy.grants.putAll(grants);
        copy.consents.putAll(consents);
        copy.heldDepths.putAll(heldDepths);
        copy.dead.putAll(dead);
        copy.assertions.putAll(assertions);
        copy.pushedRequests.putAll(pushedRequests);
        copy.proofs.putAll(proofs);
        copy.devices.putAll(devices);
        copy.pings.putAll(pings);
        copy.requestCodes.putAll(requestCodes);
        copy.loginClients.addAll(loginClients);
        copy.connectionEvents.putAll(connectionEvents);
        copy.notices.putAll(notices);
        copy.factors.putAll(factors);
        copy.resets.putAll(resets);
        copy.mailboxes.putAll(mailboxes);
        copy.passkeys.putAll(passkeys);
        copy.openedByPasskey.putAll(openedByPasskey);
        copy.identityProviders.putAll(identityProviders);
        copy.identityLinks.putAll(identityLinks);
        copy.identityTrips.putAll(identityTrips);
        copy.identityJoins.putAll(identityJoins);
        copy.retiredUses.putAll(retiredUses);
        copy.initialTokens.putAll(initialTokens);
        copy.registered.putAll(registered);
        copy.usedClients.putAll(usedClients);
        copy.lines.putAll(lines);
        copy.replies.putAll(replies);
        copy.audit.addAll(audit);
        copy.seals.addAll(seals);
        copy.keyFile = keyFile;
        return copy;
    }

    Optional<Organization> organization(Id id) {
        return Optional.ofNullable(organizations.get(id));
    }

    Optional<Application> application(Id id) {
        return Optional.ofNullable(applications.get(id));
    }

    Optional<Application> applicationByClientId(String clientId) {
        return applications.values().stream()
                .filter(application -> application.clientId().equals(clientId))
                .findFirst();
    }

    Optional<Credential> credential(Id id) {
        return Optional.ofNullable(credentials.get(id));
    }

    Optional<Customer> customer(Id id) {
        return Optional.ofNullable(customers.get(id));
    }

    Optional<User> user(Id id) {
        return Optional.ofNullable(users.get(id));
    }

    Optional<User> userByName(String username) {
        return users.values().stream()
                .filter(user -> user.username().equals(username))
                .findFirst();
    }

    Optional<Membership> membership(Id id) {
        return Optional.ofNullable(memberships.get(id));
    }

    List<Membership> membershipsOf(Id user) {
        return memberships.values().stream()
                .filter(one -> one.user().equals(user))
                .filter(one -> !one.standing().revoked())
                .toList();
    }

    Optional<Credential> password(Id user) {
        return credentials.values().stream()
                .filter(one -> one.holder().equals(user) && one.kind() == CredentialKind.PASSWORD)
                .filter(one -> !one.standing().revoked())
                .findFirst();
    }

    Optional<Session> session(Id id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Optional<SealedConnection> connection(Id id) {
        return Optional.ofNullable(connections.get(id));
    }

    Optional<Api> api(Id id) {
        return Optional.ofNullable(apis.get(id));
    }

    Optional<Role> role(Id id) {
        return Optional.ofNullable(roles.get(id));
    }

    Optional<StoredKey> key(Id id) {
        return Optional.ofNullable(keys.get(id));
    }

    Optional<Organization> root() {
        return organizations.values().stream().filter(Organization::root).findFirst();
    }

    /// From this organization up to the root.
    List<Organization> chain(Id organization) {
        List<Organization> chain = new ArrayList<>();
        Optional<Organization> next = organization(organization);
        while (next.isPresent()) {
            chain.add(next.get());
            next = next.get().parent().flatMap(this::organization);
        }
        return List.copyOf(chain);
    }

    /// How many people a provider made users of in an hour.
    record Joined(long hour, int people) {}

    /// With one more.
    Joined joined(Id provider, long hour) {
        Joined before = identityJoins.getOrDefault(provider, new Joined(hour, 0));
        return new Joined(hour, before.hour() == hour ? before.people() + 1 : 1);
    }
}
