package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `--scope API=SCOPE`.
final class Scopes {
    private Scopes() {}

    /// Scopes by the name of their Api, as the admin API takes them.
    static Json.Obj byApi(List<String> given) {
        Map<String, List<String>> byApi = new LinkedHashMap<>();
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals < 1 || equals == each.length() - 1) {
                throw Complaint.usage("--scope takes API=SCOPE, such as orders=orders:read, not " + Text.line(each));
            }
            byApi.computeIfAbsent(each.substring(0, equals), _ -> new ArrayList<>())
                    .add(each.substring(equals + 1));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        byApi.forEach((api, scopes) -> members.put(api, Json.strings(scopes)));
        return new Json.Obj(members);
    }
}
