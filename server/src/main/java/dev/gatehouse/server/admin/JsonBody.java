package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The body of a request as members. Only `application/json` in UTF-8 that is not encoded (GAUNTLET C03, M03); no
/// body at all is an object without members.
final class JsonBody {
    private static final Pattern TYPE =
            Pattern.compile("(?i)application/json(?:[ \t]*;[ \t]*charset=(?:utf-8|\"utf-8\"))?");

    private JsonBody() {}

    static Got<Map<String, Object>> read(HttpFacts http) {
        List<String> types = http.values("Content-Type");
        boolean empty = http.body().length() == 0;
        boolean untyped = types.isEmpty() && empty;
        boolean json = types.size() == 1 && TYPE.matcher(types.getFirst()).matches();
        if (!http.values("Content-Encoding").isEmpty() || !(untyped || json)) {
            return Got.no(new Problem.UnsupportedType());
        }
        return empty ? Got.of(Map.of()) : StrictJson.read(http.body());
    }
}
