package dev.gatehouse.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The admin API (`/v1/**`) for one caller. Safe for many threads. Every method throws [GatehouseException] when
/// the server refuses or cannot be reached. What creates is sent again when its reply gets lost, and is created
/// once all the same.
public final class AdminClient implements AutoCloseable {
    /// The collection that an id belongs to, by its prefix.
    private static final Map<String, String> COLLECTIONS = Map.of(
            "org",
            "organizations",
            "app",
            "applications",
            "cred",
            "credentials",
            "cust",
            "customers",
            "role",
            "roles",
            "api",
            "apis");

    private final Transport transport;
    private final Secret key;

    /// A client of the admin listener at `base`, with an API key of the Api `gatehouse`.
    public AdminClient(URI base, Secret key) {
        this.transport = new Transport(base);
        this.key = key;
    }

    /// Who the key belongs to and what it may do.
    public Json.Obj whoami() {
        return get("/v1/whoami");
    }

    /// The children of an organization; of the caller's own when none is named.
    public Page<Organization> organizations(Optional<String> parent, Page.Ask ask) {
        String query = ask.query();
        String target = parent.map(id -> (query.isEmpty() ? "?" : query + "&") + "parent=" + encode(id))
                .orElse(query);
        return Page.read(get("/v1/organizations" + target), Organization::read);
    }

    /// One organization.
    public Organization organization(String id) {
        return Organization.read(member(id));
    }

    /// Creates an organization; members as the admin API documents them, `name` at least.
    public Organization createOrganization(Json.Obj members) {
        return Organization.read(create("/v1/organizations", members));
    }

    /// The applications of an organization.
    public Page<Application> applications(String organization, Page.Ask ask) {
        return Page.read(get(below(organization, "/applications") + ask.query()), Application::read);
    }

    /// One application.
    public Application application(String id) {
        return Application.read(member(id));
    }

    /// Creates an application below an organization.
    public Application createApplication(String organization, Json.Obj members) {
        return Application.read(create(below(organization, "/applications"), members));
    }

    /// The customers of an organization.
    public Page<Customer> customers(String organization, Page.Ask ask) {
        return Page.read(get(below(organization, "/customers") + ask.query()), Customer::read);
    }

    /// Creates a customer of an organization.
    public Customer createCustomer(String organization, Json.Obj members) {
        return Customer.read(create(below(organization, "/customers"), members));
    }

    /// The credentials of an application, without their secrets.
    public Page<Credential> credentials(String application, Page.Ask ask) {
        return Page.read(get(below(application, "/credentials") + ask.query()), Credential::read);
    }

    /// One credential, without its secret.
    public Credential credential(String id) {
        return Credential.read(member(id));
    }

    /// Creates a credential below an application. The answer holds the secret, which nobody can ask for again.
    public Credential createCredential(String application, Json.Obj members) {
        return Credential.read(create(below(application, "/credentials"), members));
    }

    /// Makes a credential like this one, which works for `overlapSeconds` longer. The answer holds the new
    /// secret.
    public Credential rotateCredential(String id, long overlapSeconds) {
        return Credential.read(create(
                below(id, "/rotate"),
                Json.Obj.EMPTY.with("overlap_seconds", new Json.Num(Long.toString(overlapSeconds)))));
    }

    /// The roles of an organization.
    public Page<Role> roles(String organization, Page.Ask ask) {
        return Page.read(get(below(organization, "/roles") + ask.query()), Role::read);
    }

    /// Creates a role: `name`, and `rights` as scopes by the name of their Api.
    public Role createRole(String organization, Json.Obj members) {
        return Role.read(create(below(organization, "/roles"), members));
    }

    /// The Apis of the installation.
    public Page<Api> apis(Page.Ask ask) {
        return Page.read(get("/v1/apis" + ask.query()), Api::read);
    }

    /// Creates an Api with its scopes, routes, token policy and upstream.
    public Api createApi(Json.Obj members) {
        return Api.read(create("/v1/apis", members));
    }

    /// The keys that tokens of an Api are made under, without their private parts; for the Api `gatehouse` those
    /// of the installation.
    public Page<Json.Obj> keys(String api) {
        return Page.read(get("/v1/apis/" + encode(api) + "/keys"), key -> key);
    }

    /// Publishes the next signing key of an Api without using it yet.
    public Json.Obj prepareKey(String api) {
        return post("/v1/apis/" + encode(api) + "/keys/prepare", Json.Obj.EMPTY);
    }

    /// Makes the prepared key, or a fresh one, the active key of an Api.
    public Page<Json.Obj> rotateKeys(String api) {
        return Page.read(post("/v1/apis/" + encode(api) + "/keys/rotate", Json.Obj.EMPTY), key -> key);
    }

    /// Ends a key at once, with everything made under it; another one takes its place.
    public Json.Obj retireKey(String api, String key) {
        return post("/v1/apis/" + encode(api) + "/keys/" + encode(key) + "/retire", Json.Obj.EMPTY);
    }

    /// The nodes that serve, the one that answers first.
    public Page<Json.Obj> nodes() {
        return Page.read(get("/v1/nodes"), node -> node);
    }

    /// Anything by its public id, as the server shows it.
    public Json.Obj member(String id) {
        return get(path(id));
    }

    /// Anything by its public id, with the mark of its state.
    public Shown shown(String id) {
        return transport.show(request(path(id)).GET().build());
    }

    /// Changes the members that are given of an organization, application, credential, customer or role; `null`
    /// takes one away.
    public Shown patch(String id, Json.Obj members, Guard guard) {
        return write("PATCH", path(id), Optional.of(members), guard);
    }

    /// Replaces an Api or role, as [#replace(String, Json.Obj)] does.
    public Shown put(String id, Json.Obj members, Guard guard) {
        return write("PUT", path(id), Optional.of(members), guard);
    }

    /// Acts on an organization, application, credential or customer, as [#act(Action, String, Json.Obj)] does.
    public Shown act(Action action, String id, Json.Obj members, Guard guard) {
        return write("POST", below(id, "/" + action.path()), Optional.of(members), guard);
    }

    /// Deletes a role or an Api; what is left is the receipt.
    public Shown delete(String id, Guard guard) {
        return write("DELETE", path(id), Optional.empty(), guard);
    }

    /// Sets when an organization, application, credential or customer is valid; what is left out stays, `null`
    /// clears.
    public Json.Obj schedule(String id, Json.Obj members) {
        return send("PATCH", path(id), members);
    }

    /// Replaces an Api or role: `version` as it was read, and every member, because what is left out is gone.
    public Json.Obj replace(String id, Json.Obj members) {
        return send("PUT", path(id), members);
    }

    /// Acts on an organization, application, credential or customer; the answer has the receipt.
    public Json.Obj act(Action action, String id, Json.Obj members) {
        return post(below(id, "/" + action.path()), members);
    }

    /// The rows of the audit trail that match, newest first.
    ///
    /// @param filters `actor`, `organization`, `verb`, `target`, `from`, `to`, as the admin API documents them
    public Page<Json.Obj> audit(Map<String, String> filters, Page.Ask ask) {
        return Page.read(get("/v1/audit" + ask.query(filters)), row -> row);
    }

    /// A page of the audit trail as text.
    ///
    /// @param next where the following page begins; absent on the last
    public record Lines(String text, Optional<String> next) {}

    /// The same as lines: `ndjson`, or `csv` with a header line on the first page.
    public Lines auditLines(String format, Map<String, String> filters, Page.Ask ask) {
        Map<String, String> all = new LinkedHashMap<>(filters);
        all.put("format", format);
        HttpResponse<String> reply =
                transport.sendText(request("/v1/audit" + ask.query(all)).GET().build());
        Optional<String> next = reply.headers()
                .firstValue("Link")
                .filter(link -> link.endsWith(">; rel=\"next\""))
                .map(link -> link.substring(link.indexOf("after=") + 6, link.lastIndexOf('>')));
        return new Lines(reply.body(), next);
    }

    /// Seals of the audit trail with their rows, the oldest first; the last page has the rows that are in no
    /// seal.
    public Json.Obj auditSeals(Page.Ask ask) {
        return get("/v1/audit/seals" + ask.query());
    }

    /// Has the server examine a page of seals.
    public Json.Obj auditVerify(Page.Ask ask) {
        return get("/v1/audit/verify" + ask.query());
    }

    /// The public keys of the seals, a JWK set.
    public Json.Obj auditKeys() {
        return get("/v1/audit/keys");
    }

    private Json.Obj get(String target) {
        return transport.send(request(target).GET().build());
    }

    private Json.Obj post(String target, Json.Obj members) {
        return send("POST", target, members);
    }

    private Json.Obj send(String method, String target, Json.Obj members) {
        return transport.send(request(target)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(members.compact()))
                .build());
    }

    private Json.Obj create(String target, Json.Obj members) {
        return Once.done(guard -> write("POST", target, Optional.of(members), guard))
                .answer();
    }

    private Shown write(String method, String target, Optional<Json.Obj> members, Guard guard) {
        HttpRequest.Builder request = request(target);
        guard.ifMatch().ifPresent(etag -> request.header("If-Match", etag));
        guard.idempotencyKey().ifPresent(key -> request.header("Idempotency-Key", key));
        members.ifPresent(_ -> request.header("Content-Type", "application/json"));
        return transport.show(request.method(
                        method,
                        members.map(body -> HttpRequest.BodyPublishers.ofString(body.compact()))
                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                .build());
    }

    private HttpRequest.Builder request(String target) {
        return transport.to(target).header("Authorization", "Bearer " + key.reveal());
    }

    private static String below(String id, String rest) {
        return path(id) + rest;
    }

    private static String path(String id) {
        int mark = Math.max(id.indexOf('_'), 0);
        String collection = COLLECTIONS.get(id.substring(0, mark));
        if (collection == null) {
            throw new IllegalArgumentException(
                    "not an id of an organization, application, credential, customer, role or Api: " + id);
        }
        return "/v1/" + collection + "/" + encode(id);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        transport.close();
    }
}
