package dev.gatehouse.client;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The admin API (`/v1/**`) for one caller. Safe for many threads. Every method throws [GatehouseException] when
/// the server refuses or cannot be reached. What creates is sent again when its reply gets lost, and is created
/// once all the same. One method an operation, and all of them here, however many there are.
public final class AdminClient implements AutoCloseable {
    private final Requests requests;

    /// A client of the admin listener at `base`, with an API key of the Api `gatehouse`.
    public AdminClient(URI base, Secret key) {
        this.requests = new Requests(base, key);
    }

    /// Who the key belongs to and what it may do.
    public Json.Obj whoami() {
        return requests.get("/v1/whoami");
    }

    /// The children of an organization; of the caller's own when none is named.
    public Page<Organization> organizations(Optional<String> parent, Page.Ask ask) {
        String query = ask.query();
        String target = parent.map(id -> (query.isEmpty() ? "?" : query + "&") + "parent=" + Paths.encode(id))
                .orElse(query);
        return requests.page("/v1/organizations" + target, Organization::read);
    }

    /// One organization.
    public Organization organization(String id) {
        return Organization.read(member(id));
    }

    /// Creates an organization; members as the admin API documents them, `name` at least.
    public Organization createOrganization(Json.Obj members) {
        return Organization.read(requests.create("/v1/organizations", members));
    }

    /// The applications of an organization.
    public Page<Application> applications(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/applications") + ask.query(), Application::read);
    }

    /// One application.
    public Application application(String id) {
        return Application.read(member(id));
    }

    /// Creates an application below an organization.
    public Application createApplication(String organization, Json.Obj members) {
        return Application.read(requests.create(Paths.below(organization, "/applications"), members));
    }

    /// The customers of an organization.
    public Page<Customer> customers(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/customers") + ask.query(), Customer::read);
    }

    /// Creates a customer of an organization.
    public Customer createCustomer(String organization, Json.Obj members) {
        return Customer.read(requests.create(Paths.below(organization, "/customers"), members));
    }

    /// The connections of an organization, without their credentials.
    public Page<Json.Obj> connections(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/connections") + ask.query());
    }

    /// Makes a connection of an organization: `platform`, `kind`, `name`, and `credential` by the names of the
    /// platform's fields.
    public Json.Obj createConnection(String organization, Json.Obj members) {
        return requests.create(Paths.below(organization, "/connections"), members);
    }

    /// Puts another `credential` in the place of a connection's; its id stays.
    public Json.Obj reconnect(String connection, Json.Obj members) {
        return requests.send("PUT", Paths.below(connection, "/credential"), members);
    }

    /// Begins a way to a platform and back for one browser: `api`, `return_to`, `began_by`, and `platform` and
    /// `name` or a `connection` that is there. The answer has its `url`.
    public Json.Obj createConnectSession(String organization, Json.Obj members) {
        return requests.create(Paths.below(organization, "/connect-sessions"), members);
    }

    /// Makes the connection of a browser that came back with this `code`, for whom it was begun.
    public Json.Obj finishConnectSession(String session, Json.Obj members) {
        return requests.send("POST", Paths.below(session, "/finish"), members);
    }

    /// The users whose home an organization is; the name that is asked for is a username.
    public Page<User> users(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/users") + ask.query(), User::read);
    }

    /// Creates a user, who may do nothing without a membership: `username`, and claims of its profile.
    public User createUser(String organization, Json.Obj members) {
        return User.read(requests.create(Paths.below(organization, "/users"), members));
    }

    /// Gives a user another password; what the old one opened ends. The answer is the credential.
    public Json.Obj setPassword(String user, Secret password) {
        return requests.send("PUT", Paths.below(user, "/password"), Json.Obj.EMPTY.with("password", password.reveal()));
    }

    /// The same for a user that is still as it was read.
    public Shown setPassword(String user, Secret password, Guard guard) {
        Json.Obj body = Json.Obj.EMPTY.with("password", password.reveal());
        return requests.write("PUT", Paths.below(user, "/password"), Optional.of(body), guard);
    }

    /// The same by what another system kept of a password: a PHC string of Argon2id.
    public Shown setPasswordHash(String user, Secret argon2id, Guard guard) {
        Json.Obj body = Json.Obj.EMPTY.with("argon2id", argon2id.reveal());
        return requests.write("PUT", Paths.below(user, "/password-hash"), Optional.of(body), guard);
    }

    /// Whether a user has a password.
    public boolean hasPassword(String user) {
        try {
            return requests.get(Paths.below(user, "/password")).text("id").isPresent();
        } catch (GatehouseException.Refused refused) {
            if (refused.status() == 404) {
                return false;
            }
            throw refused;
        }
    }

    /// What a user proves itself by besides its password.
    public Json.Obj factors(String user) {
        return requests.get(Paths.below(user, "/factors"));
    }

    /// Takes that away; the password is enough from then on.
    public Json.Obj removeFactors(String user) {
        return requests.post(Paths.below(user, "/factors/remove"), Json.Obj.EMPTY);
    }

    /// The accounts elsewhere that a user signs in by.
    public Page<Json.Obj> identities(String user) {
        return requests.page(Paths.below(user, "/identities"));
    }

    /// Takes the one at a provider away; what was opened by it ends. The answer has the receipt.
    public Json.Obj removeIdentity(String user, String provider) {
        return requests.post(
                Paths.below(user, "/identities/remove"), Json.Obj.EMPTY.with("identity_provider", provider));
    }

    /// The identity providers of the installation.
    public Page<Json.Obj> identityProviders() {
        return requests.page("/v1/identity-providers");
    }

    /// Lets people sign in by one more: `name`, `issuer`, `client_id`, `client_secret`, `apis`.
    public Json.Obj createIdentityProvider(Json.Obj members) {
        return requests.create("/v1/identity-providers", members);
    }

    /// The open sessions of a user.
    public Page<Json.Obj> sessions(String user, Page.Ask ask) {
        return requests.page(Paths.below(user, "/sessions") + ask.query());
    }

    /// Ends one session, or all of a user; the answer has the receipt.
    public Json.Obj endSessions(String id) {
        return requests.post(Paths.below(id, id.startsWith("sess_") ? "/revoke" : "/sessions/revoke"), Json.Obj.EMPTY);
    }

    /// The memberships in an organization.
    public Page<Membership> memberships(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/memberships") + ask.query(), Membership::read);
    }

    /// The memberships of a user that are not revoked, as far as the caller sees.
    public Page<Membership> membershipsOf(String user, Page.Ask ask) {
        return requests.page(Paths.below(user, "/memberships") + ask.query(), Membership::read);
    }

    /// Makes a user a member of an organization: `user`, and `role` unless it may do nothing.
    public Membership createMembership(String organization, Json.Obj members) {
        return Membership.read(requests.create(Paths.below(organization, "/memberships"), members));
    }

    /// The credentials of an application or a membership, without their secrets.
    public Page<Credential> credentials(String holder, Page.Ask ask) {
        return requests.page(Paths.below(holder, "/credentials") + ask.query(), Credential::read);
    }

    /// One credential, without its secret.
    public Credential credential(String id) {
        return Credential.read(member(id));
    }

    /// Creates a credential of an application or a membership. The answer holds the secret, which nobody can ask
    /// for again.
    public Credential createCredential(String holder, Json.Obj members) {
        return Credential.read(requests.create(Paths.below(holder, "/credentials"), members));
    }

    /// Makes a credential like this one, which works for `overlapSeconds` longer. The answer holds the new
    /// secret.
    public Credential rotateCredential(String id, long overlapSeconds) {
        return rotateCredential(id, Json.Obj.EMPTY.with("overlap_seconds", Json.of(overlapSeconds)));
    }

    /// The same with more to say: `jwks`, for public keys, which take others.
    public Credential rotateCredential(String id, Json.Obj members) {
        return Credential.read(requests.create(Paths.below(id, "/rotate"), members));
    }

    /// A credential with its secret, where its Api keeps that.
    public Credential revealCredential(String id) {
        return Credential.read(requests.post(Paths.below(id, "/reveal"), Json.Obj.EMPTY));
    }

    /// The roles of an organization.
    public Page<Role> roles(String organization, Page.Ask ask) {
        return requests.page(Paths.below(organization, "/roles") + ask.query(), Role::read);
    }

    /// Creates a role: `name`, and `rights` as scopes by the name of their Api.
    public Role createRole(String organization, Json.Obj members) {
        return Role.read(requests.create(Paths.below(organization, "/roles"), members));
    }

    /// The Apis of the installation.
    public Page<Api> apis(Page.Ask ask) {
        return requests.page("/v1/apis" + ask.query(), Api::read);
    }

    /// Creates an Api with its scopes, routes, token policy and upstream.
    public Api createApi(Json.Obj members) {
        return Api.read(requests.create("/v1/apis", members));
    }

    /// The keys that tokens of an Api are made under, without their private parts; for the Api `gatehouse` those
    /// of the installation.
    public Page<Json.Obj> keys(String api) {
        return requests.page("/v1/apis/" + Paths.encode(api) + "/keys");
    }

    /// Publishes the next signing key of an Api without using it yet.
    public Json.Obj prepareKey(String api) {
        return requests.post("/v1/apis/" + Paths.encode(api) + "/keys/prepare", Json.Obj.EMPTY);
    }

    /// Makes the prepared key, or a fresh one, the active key of an Api.
    public Page<Json.Obj> rotateKeys(String api) {
        return Page.read(requests.post("/v1/apis/" + Paths.encode(api) + "/keys/rotate", Json.Obj.EMPTY), key -> key);
    }

    /// Ends a key at once, with everything made under it; another one takes its place.
    public Json.Obj retireKey(String api, String key) {
        return requests.post(
                "/v1/apis/" + Paths.encode(api) + "/keys/" + Paths.encode(key) + "/retire", Json.Obj.EMPTY);
    }

    /// The initial access tokens of an Api, without themselves.
    public Page<Json.Obj> registrationTokens(String api) {
        return requests.page("/v1/apis/" + Paths.encode(api) + "/registration-tokens");
    }

    /// Makes an initial access token; it is in the answer, this once.
    public Json.Obj createRegistrationToken(String api, Json.Obj body) {
        return requests.post("/v1/apis/" + Paths.encode(api) + "/registration-tokens", body);
    }

    /// Takes an initial access token away.
    public Json.Obj withdrawRegistrationToken(String api, String name) {
        return requests.post(
                "/v1/apis/" + Paths.encode(api) + "/registration-tokens/withdraw",
                Json.Obj.EMPTY.with("name", new Json.Str(name)));
    }

    /// The nodes that serve, the one that answers first.
    public Page<Json.Obj> nodes() {
        return requests.page("/v1/nodes");
    }

    /// Anything by its public id, as the server shows it.
    public Json.Obj member(String id) {
        return requests.get(Paths.of(id));
    }

    /// Anything by its public id, with the mark of its state.
    public Shown shown(String id) {
        return requests.show(Paths.of(id));
    }

    /// Changes the members that are given of an organization, application, credential, customer or role; `null`
    /// takes one away.
    public Shown patch(String id, Json.Obj members, Guard guard) {
        return requests.write("PATCH", Paths.of(id), Optional.of(members), guard);
    }

    /// Replaces an Api or role, as [#replace(String, Json.Obj)] does.
    public Shown put(String id, Json.Obj members, Guard guard) {
        return requests.write("PUT", Paths.of(id), Optional.of(members), guard);
    }

    /// Acts on an organization, application, credential or customer, as [#act(Action, String, Json.Obj)] does.
    public Shown act(Action action, String id, Json.Obj members, Guard guard) {
        return requests.write("POST", Paths.below(id, "/" + action.path()), Optional.of(members), guard);
    }

    /// Deletes a role or an Api; what is left is the receipt.
    public Shown delete(String id, Guard guard) {
        return requests.write("DELETE", Paths.of(id), Optional.empty(), guard);
    }

    /// Sets when an organization, application, credential or customer is valid; what is left out stays, `null`
    /// clears.
    public Json.Obj schedule(String id, Json.Obj members) {
        return requests.send("PATCH", Paths.of(id), members);
    }

    /// Replaces an Api or role: `version` as it was read, and every member, because what is left out is gone.
    public Json.Obj replace(String id, Json.Obj members) {
        return requests.send("PUT", Paths.of(id), members);
    }

    /// Acts on an organization, application, credential or customer; the answer has the receipt.
    public Json.Obj act(Action action, String id, Json.Obj members) {
        return requests.post(Paths.below(id, "/" + action.path()), members);
    }

    /// The rows of the audit trail that match, newest first.
    ///
    /// @param filters `actor`, `organization`, `verb`, `target`, `from`, `to`, as the admin API documents them
    public Page<Json.Obj> audit(Map<String, String> filters, Page.Ask ask) {
        return requests.page("/v1/audit" + ask.query(filters));
    }

    /// A page of the audit trail as text.
    ///
    /// @param next where the following page begins; absent on the last
    public record Lines(String text, Optional<String> next) {}

    /// The same as lines: `ndjson`, or `csv` with a header line on the first page.
    public Lines auditLines(String format, Map<String, String> filters, Page.Ask ask) {
        Map<String, String> all = new LinkedHashMap<>(filters);
        all.put("format", format);
        HttpResponse<String> reply = requests.text("/v1/audit" + ask.query(all));
        Optional<String> next = reply.headers()
                .firstValue("Link")
                .filter(link -> link.endsWith(">; rel=\"next\""))
                .map(link -> link.substring(link.indexOf("after=") + 6, link.lastIndexOf('>')));
        return new Lines(reply.body(), next);
    }

    /// Seals of the audit trail with their rows, the oldest first; the last page has the rows that are in no
    /// seal.
    public Json.Obj auditSeals(Page.Ask ask) {
        return requests.get("/v1/audit/seals" + ask.query());
    }

    /// Has the server examine a page of seals.
    public Json.Obj auditVerify(Page.Ask ask) {
        return requests.get("/v1/audit/verify" + ask.query());
    }

    /// The public keys of the seals, a JWK set.
    public Json.Obj auditKeys() {
        return requests.get("/v1/audit/keys");
    }

    @Override
    public void close() {
        requests.close();
    }
}
