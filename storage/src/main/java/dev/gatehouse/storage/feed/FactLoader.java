package dev.gatehouse.storage.feed;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads facts from the database, many ids in one query. What does not exist is missing from the answer. At
/// most [#MAX_IDS] ids a call.
///
/// All methods throw [dev.gatehouse.core.fact.FactsUnavailable] when the database does not answer in time.
public interface FactLoader {
    /// The most ids of one call (ADR 0001).
    int MAX_IDS = 64;

    /// One token, family or session that is in the dead set until it would have expired.
    record Dead(Id id, Instant expiresAt) {}

    /// Credentials by id, in no order.
    List<Credential> credentials(Collection<Id> ids);

    /// Applications by id, in no order.
    List<Application> applications(Collection<Id> ids);

    /// Users by id, in no order.
    List<UserRow> users(Collection<Id> ids);

    /// Memberships by id, in no order.
    List<Membership> memberships(Collection<Id> ids);

    /// What usernames lead to; one that nobody has is missing.
    Map<String, Login> logins(Collection<String> usernames);

    /// Sessions by the digest of their string; one that there is not is missing.
    Map<Digest, Session> sessions(Collection<Digest> digests);

    /// Customers by id, in no order.
    List<Customer> customers(Collection<Id> ids);

    /// These organizations and all organizations above them, each once, in no order.
    List<Organization> organizationsUpward(Collection<Id> ids);

    /// Roles by id, in no order.
    List<Role> roles(Collection<Id> ids);

    /// What proves clients by their `client_id`, secrets and public keys that are not revoked; an application
    /// without any has an empty list, a `client_id` that nobody has is missing.
    Map<String, Proving> proving(Collection<String> clientIds);

    /// What proves one application by its `client_id`.
    record Proving(Id application, List<Id> credentials) {}

    /// All Apis in the order of their names.
    List<Api> apis();

    /// All identity providers in the order of their names.
    List<IdentityProvider> providers();

    /// The domain keys that are not revoked, at most `limit`.
    List<DomainKey> domainKeys(int limit);

    /// Where pages of which origins may use one domain key.
    record DomainKey(Set<Id> apis, List<OriginPattern> origins) {}

    /// All of the dead set that has not expired by `now`, at most `limit`.
    List<Dead> dead(Instant now, int limit);
}
