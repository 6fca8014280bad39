package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The table of operations: method, path, what it needs, what it takes, who does it. In one file however long, as
/// it is read as a list.
final class Operations {
    /// What a look-up found.
    record Found(Row row, Map<String, String> variables) {}

    private static final String STAYS = "what is left out stays, `null` takes away";

    static final List<Row> TABLE = table();

    private Operations() {}

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.read("/v1/openapi.json", "", OpenApi::get)
                        .answers(new Answer.Some(), "This API, as an OpenAPI 3.1 document"),
                Row.read("/v1/whoami", "", Whoami::get)
                        .shows(Whoami.NOUN, "The caller, its role, its effective rights"),
                Row.list("/v1/organizations", "orgs:read", Organizations::list)
                        .taking("limit", "after", "page", "count", "name", "parent")
                        .lists(Organizations.NOUN, "The organizations right below one"),
                Row.write("POST", "/v1/organizations", "orgs:write", Organizations.CREATE, Organizations::create)
                        .creates(
                                Organizations.NOUN,
                                FirstKeys.ONCE,
                                "Make an organization below `parent`, or below the caller's own; where that has a"
                                        + " `first_key`, the new one begins with an application and a key of it"),
                Row.read("/v1/organizations/{organization}", "orgs:read", Organizations::get)
                        .shows(Organizations.NOUN, "One organization"),
                Row.write(
                                "PATCH",
                                "/v1/organizations/{organization}",
                                "orgs:write",
                                Organizations.PATCH,
                                Organizations::patch)
                        .narrows(Organizations.NOUN, "Change its attributes: " + STAYS),
                Row.list("/v1/organizations/{organization}/applications", "apps:read", Applications::list)
                        .lists(Applications.NOUN, "The applications of an organization"),
                Row.write(
                                "POST",
                                "/v1/organizations/{organization}/applications",
                                "apps:write",
                                Applications.CREATE,
                                Applications::create)
                        .creates(Applications.NOUN, "Make an application; `client_id` is its id when left out"),
                Row.read("/v1/applications/{application}", "apps:read", Applications::get)
                        .shows(Applications.NOUN, "One application"),
                Row.write(
                                "PATCH",
                                "/v1/applications/{application}",
                                "apps:write",
                                Applications.PATCH,
                                Applications::patch)
                        .narrows(Applications.NOUN, "Change its attributes: " + STAYS),
                Row.list("/v1/applications/{application}/credentials", "keys:read", Credentials::list)
                        .lists(Credentials.NOUN, "The credentials of an application, without secrets"),
                Row.write(
                                "POST",
                                "/v1/applications/{application}/credentials",
                                "keys:write",
                                Minting.CREATE,
                                Minting::create)
                        .creates(
                                Credentials.NOUN,
                                Minting.ONCE,
                                "Make a credential; the answer has its secret, this once, if it has one"),
                Row.read("/v1/credentials/{credential}", "keys:read", Credentials::get)
                        .shows(Credentials.NOUN, "One credential, without its secret"),
                Row.write("PATCH", "/v1/credentials/{credential}", "keys:write", Altering.PATCH, Altering::patch)
                        .narrows(Credentials.NOUN, "Change its attributes: " + STAYS),
                Row.list("/v1/organizations/{organization}/customers", "customers:read", Customers::list)
                        .lists(Customers.NOUN, "The customers of an organization"),
                Row.write(
                                "POST",
                                "/v1/organizations/{organization}/customers",
                                "customers:write",
                                Customers.CREATE,
                                Customers::create)
                        .creates(Customers.NOUN, "Make a customer, on whose behalf applications ask for tokens"),
                Row.read("/v1/customers/{customer}", "customers:read", Customers::get)
                        .shows(Customers.NOUN, "One customer"),
                Row.write("PATCH", "/v1/customers/{customer}", "customers:write", Customers.PATCH, Customers::patch)
                        .narrows(Customers.NOUN, "Change its attributes: " + STAYS),
                Row.list("/v1/organizations/{organization}/users", "users:read", Users::list)
                        .lists(Users.NOUN, "The users whose home it is; `name` is a username"),
                Row.write("POST", "/v1/organizations/{organization}/users", "users:write", Users.CREATE, Users::create)
                        .creates(Users.NOUN, "Make a user; it may do nothing without a membership"),
                Row.read("/v1/users/{user}", "users:read", Users::get).shows(Users.NOUN, "One user"),
                Row.write("PATCH", "/v1/users/{user}", "users:write", Users.PATCH, Users::patch)
                        .narrows(Users.NOUN, "Change its attributes: " + STAYS),
                Row.read("/v1/users/{user}/password", "users:read", UserPasswords::get)
                        .shows(Credentials.NOUN, "Its password as a credential, if it has one; nothing of it is shown"),
                Row.write("PUT", "/v1/users/{user}/password", "users:write", UserPasswords.SET, UserPasswords::set)
                        .narrows(
                                Credentials.NOUN,
                                "Give it a password, within the caller's rights; what the old one opened ends"),
                Row.write(
                                "PUT",
                                "/v1/users/{user}/password-hash",
                                "users:write",
                                UserPasswords.TAKE_OVER,
                                UserPasswords::takeOver)
                        .narrows(Credentials.NOUN, "The same by what another system kept of the password"),
                Row.read("/v1/users/{user}/factors", "users:read", UserFactors::get)
                        .shows(UserFactors.NOUN, "What it proves itself by besides its password"),
                Row.write("POST", "/v1/users/{user}/factors/remove", "users:write", Form.NONE, UserFactors::remove)
                        .narrows(
                                UserFactors.NOUN,
                                "Take that away, because it is lost, within the caller's rights; the password is enough"
                                        + " from then on"),
                Row.list("/v1/users/{user}/sessions", "users:read", UserSessions::list)
                        .taking("limit", "after", "page", "count")
                        .lists(UserSessions.NOUN, "Its sessions that have not ended"),
                Row.write("POST", "/v1/users/{user}/sessions/revoke", "users:write", Form.NONE, UserSessions::revokeAll)
                        .narrows(Users.NOUN, "End all of its sessions at once; it may log in again"),
                Row.read("/v1/sessions/{session}", "users:read", UserSessions::get)
                        .shows(UserSessions.NOUN, "One session"),
                Row.write("POST", "/v1/sessions/{session}/revoke", "users:write", Form.NONE, UserSessions::revoke)
                        .narrows(UserSessions.NOUN, "End a session"),
                Row.list("/v1/organizations/{organization}/memberships", "users:read", Memberships::list)
                        .taking("limit", "after", "page", "count")
                        .lists(Memberships.NOUN, "Who is a member of an organization"),
                Row.write(
                                "POST",
                                "/v1/organizations/{organization}/memberships",
                                "users:write",
                                Memberships.CREATE,
                                Memberships::create)
                        .creates(Memberships.NOUN, "Make a user a member, with a role within the caller's rights"),
                Row.read("/v1/memberships/{membership}", "users:read", Memberships::get)
                        .shows(Memberships.NOUN, "One membership"),
                Row.write("PATCH", "/v1/memberships/{membership}", "users:write", Memberships.PATCH, Memberships::patch)
                        .narrows(Memberships.NOUN, "Change role or window: " + STAYS),
                Row.list("/v1/users/{user}/memberships", "users:read", Memberships::listOfUser)
                        .taking("limit", "after")
                        .lists(Memberships.NOUN, "Where it is a member and not revoked, as far as the caller sees"),
                Row.list("/v1/memberships/{membership}/credentials", "keys:read", Credentials::listOfMember)
                        .lists(Credentials.NOUN, "The keys that act as a member, without secrets"),
                Row.write(
                                "POST",
                                "/v1/memberships/{membership}/credentials",
                                "keys:write",
                                Minting.CREATE_FOR_MEMBER,
                                Minting::createForMember)
                        .creates(
                                Credentials.NOUN,
                                Minting.ONCE,
                                "Make a key that acts as a member; the answer has its secret, this once"),
                Row.list("/v1/organizations/{organization}/roles", "roles:read", Roles::list)
                        .lists(Roles.NOUN, "The roles of an organization"),
                Row.write("POST", "/v1/organizations/{organization}/roles", "roles:write", Roles.CREATE, Roles::create)
                        .creates(Roles.NOUN, "Make a role, within the caller's rights"),
                Row.read("/v1/roles/{role}", "roles:read", Roles::get).shows(Roles.NOUN, "One role"),
                Row.write("PUT", "/v1/roles/{role}", "roles:write", Roles.REPLACE, Roles::replace)
                        .narrows(Roles.NOUN, "Write the rights of a role anew; 409 when the version has moved"),
                Row.write("PATCH", "/v1/roles/{role}", "roles:write", Roles.PATCH, Roles::patch)
                        .narrows(Roles.NOUN, "Change name or rights of a role; what is left out stays"),
                Row.write("DELETE", "/v1/roles/{role}", "roles:write", Form.NONE, Roles::delete)
                        .ends("Delete a role; 409 while an application or a membership has it"),
                Row.read("/v1/nodes", "nodes:read", Nodes::list)
                        .lists(Nodes.NOUN, "The nodes that serve, the one that answers first; provider only"),
                Row.list("/v1/apis", "apis:read", Apis::list).lists(Apis.NOUN, "All Apis, in the order of names"),
                Row.write("POST", "/v1/apis", "apis:write", Apis.CREATE, Apis::create)
                        .creates(Apis.NOUN, "Make an Api; provider only"),
                Row.read("/v1/apis/{api}", "apis:read", Apis::get)
                        .shows(
                                Apis.NOUN,
                                "One Api, by id or name; `upstream` and `listener` are shown to the provider only"),
                Row.write("PUT", "/v1/apis/{api}", "apis:write", Apis.REPLACE, Apis::replace)
                        .narrows(Apis.NOUN, "Write an Api anew: what is left out becomes the default; provider only"),
                Row.write("DELETE", "/v1/apis/{api}", "apis:write", Form.NONE, Apis::delete)
                        .ends("Delete an Api, its routes and keys: its tokens end; provider only"),
                Row.read("/v1/apis/{api}/retired-uses", "apis:read", RetiredUses::list)
                        .lists(
                                RetiredUses.NOUN,
                                "The credentials that still call routes that are `deprecated`, those of the last day"
                                        + " first, at most 1000; provider only"),
                Row.read("/v1/apis/{api}/registration-tokens", "apis:read", InitialTokens::list)
                        .lists(InitialTokens.NOUN, "The initial access tokens of an Api; provider only"),
                Row.write(
                                "POST",
                                "/v1/apis/{api}/registration-tokens",
                                "apis:write",
                                InitialTokens.CREATE,
                                InitialTokens::create)
                        .creates(
                                InitialTokens.NOUN,
                                InitialTokens.ONCE,
                                "Make an initial access token, good for one registration and a week where nothing is"
                                        + " said; the answer has it, this once; provider only"),
                Row.write(
                                "POST",
                                "/v1/apis/{api}/registration-tokens/withdraw",
                                "apis:write",
                                InitialTokens.WITHDRAW,
                                InitialTokens::withdraw)
                        .shows(
                                InitialTokens.NOUN,
                                "Take an initial access token away; what registered with it stays; provider only"),
                Row.read("/v1/apis/{api}/keys", "apis:read", SigningKeys::list)
                        .lists(SigningKeys.NOUN, "The keys that tokens are made under; provider only"),
                Row.write("POST", "/v1/apis/{api}/keys/prepare", "apis:write", Form.NONE, SigningKeys::prepare)
                        .creates(SigningKeys.NOUN, "Publish the next signing key without using it; provider only"),
                Row.write("POST", "/v1/apis/{api}/keys/rotate", "apis:write", Form.NONE, SigningKeys::rotate)
                        .lists(SigningKeys.NOUN, "Use the prepared key, or a fresh one, from now on; provider only"),
                Row.write("POST", "/v1/apis/{api}/keys/{key}/retire", "apis:write", Form.NONE, SigningKeys::retire)
                        .narrows(
                                SigningKeys.NOUN,
                                "End a key at once, with everything made under it; another takes its place; provider only"),
                Row.list("/v1/audit", "audit:read", Audit::list)
                        .taking(AuditQuery.PARAMETERS)
                        .lists(Audit.NOUN, "The audit trail, newest first, also as lines or CSV; provider only"),
                Row.list("/v1/audit/seals", "audit:read", AuditSeals::list)
                        .taking("limit", "after")
                        .answers(
                                new Answer.Some(),
                                "The seals over the audit trail, each with its rows; behind the last one those that are"
                                        + " in none; provider only"),
                Row.list("/v1/audit/verify", "audit:read", AuditSeals::verify)
                        .taking("limit", "after")
                        .answers(new Answer.Some(), "Examine a page of seals and their rows; provider only"),
                Row.read("/v1/audit/keys", "audit:read", AuditSeals::keys)
                        .answers(new Answer.Some(), "The keys that seals are checked by, a JWK set; provider only")));
        rows.add(Row.write(
                        "POST", "/v1/credentials/{credential}/rotate", "keys:write", Rotating.ROTATE, Rotating::rotate)
                .creates(Credentials.NOUN, Rotating.ONCE, "Put a new credential in its place; the old one ends"));
        rows.add(Row.write("POST", "/v1/credentials/{credential}/reveal", "keys:reveal", Form.NONE, Revealing::reveal)
                .answers(
                        new Answer.One(200, Credentials.NOUN, Revealing.TOLD),
                        "Tell its secret again, where its Api keeps that (`reveal`); 409 where there is none")
                .neverKept());
        rows.addAll(connections());
        rows.addAll(identities());
        rows.addAll(verbs("/v1/organizations/{organization}", "orgs:write", Organizations.NOUN, Verbs::organization));
        rows.addAll(verbs("/v1/applications/{application}", "apps:write", Applications.NOUN, Verbs::application));
        rows.addAll(verbs("/v1/credentials/{credential}", "keys:write", Credentials.NOUN, Verbs::credential));
        rows.addAll(verbs("/v1/customers/{customer}", "customers:write", Customers.NOUN, Verbs::customer));
        rows.addAll(verbs("/v1/users/{user}", "users:write", Users.NOUN, Verbs::user));
        rows.addAll(verbs("/v1/memberships/{membership}", "users:write", Memberships.NOUN, Verbs::membership));
        return List.copyOf(rows);
    }

    private static List<Row> identities() {
        String all = "/v1/identity-providers";
        String one = all + "/{identity_provider}";
        return List.of(
                Row.read(all, "apis:read", IdentityProviders::list)
                        .lists(ProviderAttributes.NOUN, "The servers of others that say who people are; provider only"),
                Row.write("POST", all, "apis:write", ProviderAttributes.CREATE, IdentityProviders::create)
                        .creates(ProviderAttributes.NOUN, "Let people sign in by one more; provider only"),
                Row.read(one, "apis:read", IdentityProviders::get)
                        .shows(ProviderAttributes.NOUN, "One identity provider, without its secret; provider only"),
                Row.write("PATCH", one, "apis:write", ProviderAttributes.PATCH, IdentityProviders::patch)
                        .narrows(
                                ProviderAttributes.NOUN,
                                "Change its attributes: " + STAYS
                                        + "; what was opened by it ends when it is switched off, or loses Apis, organizations or trusted values"),
                Row.write("DELETE", one, "apis:write", Form.NONE, IdentityProviders::delete)
                        .narrows(
                                ProviderAttributes.NOUN,
                                "Take it away, with what is linked to it and what was opened by that"),
                Row.read("/v1/users/{user}/identities", "users:read", UserIdentities::list)
                        .lists(UserIdentities.NOUN, "The accounts elsewhere that it signs in by"),
                Row.write(
                                "POST",
                                "/v1/users/{user}/identities/remove",
                                "users:write",
                                UserIdentities.REMOVE,
                                UserIdentities::remove)
                        .narrows(
                                UserIdentities.NOUN,
                                "Take one away, within the caller's rights; what was opened by it ends"));
    }

    /// Nothing is issued below a connection, so there is nothing to cut.
    private static List<Row> connections() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.read("/v1/platforms", "connections:read", Platforms::list)
                        .answers(
                                new Answer.Some(),
                                "The platforms that connections may be made to, and what their credentials consist of"),
                Row.list("/v1/organizations/{organization}/connections", "connections:read", Connections::list)
                        .lists(Connections.NOUN, "The connections of an organization, without credentials"),
                Row.write(
                                "POST",
                                "/v1/organizations/{organization}/connections",
                                "connections:write",
                                Connecting.CREATE,
                                Connecting::create)
                        .creates(Connections.NOUN, "Make a connection; its credential is tried at the platform first"),
                Row.read("/v1/connections/{connection}", "connections:read", Connections::get)
                        .shows(Connections.NOUN, "One connection, without its credential"),
                Row.write(
                                "PATCH",
                                "/v1/connections/{connection}",
                                "connections:write",
                                Connections.PATCH,
                                Connections::patch)
                        .narrows(Connections.NOUN, "Call it otherwise, or say something else of it: " + STAYS),
                Row.write(
                                "PUT",
                                "/v1/connections/{connection}/credential",
                                "connections:write",
                                Connecting.RECONNECT,
                                Connecting::reconnect)
                        .narrows(Connections.NOUN, "Connect again with another credential; the id stays")));
        rows.addAll(List.of(
                Row.write(
                                "POST",
                                "/v1/organizations/{organization}/connect-sessions",
                                "connections:write",
                                ConnectSessions.CREATE,
                                ConnectSessions::create)
                        .creates(
                                ConnectSessions.NOUN,
                                ConnectSessions.ONCE,
                                "Begin a way to a platform and back for one browser; the answer has its link, this once"),
                Row.read("/v1/connect-sessions/{connect_session}", "connections:read", ConnectSessions::get)
                        .shows(ConnectSessions.NOUN, "How far a connect session has come, for as long as it is kept"),
                Row.write(
                                "POST",
                                "/v1/connect-sessions/{connect_session}/finish",
                                "connections:write",
                                Finishing.FINISH,
                                Finishing::finish)
                        .narrows(
                                Connections.NOUN,
                                "Make the connection of a browser that came back, or connect it again; 409 for another"
                                        + " account than before")));
        verbs("/v1/connections/{connection}", "connections:write", Connections.NOUN, Verbs::connection).stream()
                .filter(row -> !row.path().text().endsWith("/cut"))
                .forEach(rows::add);
        return rows;
    }

    private static List<Row> verbs(String member, String scope, Noun<?> noun, Function<Call, Got<Target<?>>> find) {
        return List.of(
                Row.write("POST", member + "/hold", scope, Verbs.HOLD, Verbs.hold(find))
                        .narrows(noun, "Hold it; all but the hold `owner` by the provider only"),
                Row.write("POST", member + "/lift", scope, Verbs.HOLD, Verbs.lift(find))
                        .shows(noun, "Lift a hold; `owner` not from below who set it, all others by the provider only"),
                Row.write("POST", member + "/suspend", scope, Form.NONE, Verbs.hold(find))
                        .narrows(noun, "Hold it as `owner`"),
                Row.write("POST", member + "/resume", scope, Form.NONE, Verbs.lift(find))
                        .shows(noun, "Lift the hold `owner`, but not one of an organization above"),
                Row.write("POST", member + "/cut", scope, Form.NONE, Verbs.cut(find))
                        .narrows(noun, "End every token issued below it; it stays"),
                Row.write("POST", member + "/revoke", scope, Form.NONE, Verbs.revoke(find))
                        .narrows(noun, "End it for good"));
    }

    /// Finds the operation of a method and a canonical path.
    static Got<Found> find(String method, String path) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        Set<String> allowed = new HashSet<>();
        for (Row row : TABLE) {
            Optional<Map<String, String>> variables = row.match(segments);
            if (variables.isPresent()) {
                if (row.method().equals(method)) {
                    return Got.of(new Found(row, variables.get()));
                }
                allowed.add(row.method());
            }
        }
        return Got.no(allowed.isEmpty() ? Problem.NOT_FOUND : new Problem.OtherMethods(Set.copyOf(allowed)));
    }
}
