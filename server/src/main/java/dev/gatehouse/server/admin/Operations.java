package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The table of operations: method, path, what it needs, what it takes, who does it.
final class Operations {
    /// What a look-up found.
    record Found(Row row, Map<String, String> variables) {}

    static final List<Row> TABLE = table();

    private Operations() {}

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>(List.of(
                Row.read("/v1/whoami", "", Whoami::get),
                Row.list("/v1/organizations", "orgs:read", Organizations::list).taking("limit", "after", "parent"),
                Row.write("POST", "/v1/organizations", "orgs:write", Organizations.CREATE, Organizations::create),
                Row.read("/v1/organizations/{organization}", "orgs:read", Organizations::get),
                Row.list("/v1/organizations/{organization}/applications", "apps:read", Applications::list),
                Row.write(
                        "POST",
                        "/v1/organizations/{organization}/applications",
                        "apps:write",
                        Applications.CREATE,
                        Applications::create),
                Row.read("/v1/applications/{application}", "apps:read", Applications::get),
                Row.list("/v1/applications/{application}/credentials", "keys:read", Credentials::list),
                Row.write(
                        "POST",
                        "/v1/applications/{application}/credentials",
                        "keys:write",
                        Minting.CREATE,
                        Minting::create),
                Row.read("/v1/credentials/{credential}", "keys:read", Credentials::get),
                Row.list("/v1/organizations/{organization}/roles", "roles:read", Roles::list),
                Row.write("POST", "/v1/organizations/{organization}/roles", "roles:write", Roles.CREATE, Roles::create),
                Row.read("/v1/roles/{role}", "roles:read", Roles::get),
                Row.write("PUT", "/v1/roles/{role}", "roles:write", Roles.REPLACE, Roles::replace),
                Row.list("/v1/apis", "apis:read", Apis::list),
                Row.write("POST", "/v1/apis", "apis:write", Apis.CREATE, Apis::create),
                Row.read("/v1/apis/{api}", "apis:read", Apis::get),
                Row.write("PUT", "/v1/apis/{api}", "apis:write", Apis.REPLACE, Apis::replace),
                Row.read("/v1/apis/{api}/keys", "apis:read", SigningKeys::list),
                Row.write("POST", "/v1/apis/{api}/keys/prepare", "apis:write", Form.NONE, SigningKeys::prepare),
                Row.write("POST", "/v1/apis/{api}/keys/rotate", "apis:write", Form.NONE, SigningKeys::rotate),
                Row.list("/v1/audit", "audit:read", Audit::list).taking("limit")));
        rows.addAll(verbs("/v1/organizations/{organization}", "orgs:write", Verbs::organization));
        rows.addAll(verbs("/v1/applications/{application}", "apps:write", Verbs::application));
        rows.addAll(verbs("/v1/credentials/{credential}", "keys:write", Verbs::credential));
        return List.copyOf(rows);
    }

    private static List<Row> verbs(String member, String scope, Function<Call, Got<Target>> find) {
        return List.of(
                Row.write("PATCH", member, scope, StandingAttributes.SCHEDULE, Verbs.schedule(find)),
                Row.write("POST", member + "/hold", scope, Verbs.HOLD, Verbs.hold(find)),
                Row.write("POST", member + "/lift", scope, Verbs.HOLD, Verbs.lift(find)),
                Row.write("POST", member + "/suspend", scope, Form.NONE, Verbs.hold(find)),
                Row.write("POST", member + "/resume", scope, Form.NONE, Verbs.lift(find)),
                Row.write("POST", member + "/cut", scope, Form.NONE, Verbs.cut(find)),
                Row.write("POST", member + "/revoke", scope, Form.NONE, Verbs.revoke(find)));
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
