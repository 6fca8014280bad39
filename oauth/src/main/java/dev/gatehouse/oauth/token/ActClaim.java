package dev.gatehouse.oauth.token;

import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The claim `act`: who acts for the subject, and inside it who acted before (RFC 8693 section 4.1).
public final class ActClaim {
    private static final String ACT = "act";
    private static final String SUBJECT = "sub";

    /// An application for its customer, and whoever got the token by exchange.
    private static final int MOST = Lineage.MAX_TOKENS + 1;

    private ActClaim() {}

    /// Appends the claim to the members of an object, where anybody acts.
    ///
    /// @param actors public names, the last actor first
    public static void append(StringBuilder out, List<String> actors) {
        for (String actor : actors) {
            JsonText.member(out.append(",\"").append(ACT).append("\":{"), SUBJECT, actor);
        }
        out.repeat('}', actors.size());
    }

    /// The same as members.
    public static Optional<Map<String, Object>> of(List<String> actors) {
        Optional<Map<String, Object>> before = Optional.empty();
        for (String actor : actors.reversed()) {
            Map<String, Object> act = new LinkedHashMap<>();
            act.put(SUBJECT, actor);
            before.ifPresent(inner -> act.put(ACT, inner));
            before = Optional.of(act);
        }
        return before;
    }

    /// The reverse; empty for what [#append] does not write.
    static Optional<List<String>> read(Json.Members claims) {
        List<String> actors = new ArrayList<>();
        Json.Members of = claims;
        while (of.byName().containsKey(ACT)) {
            Optional<Json.Members> act = of.object(ACT);
            Optional<String> subject = act.flatMap(one -> one.text(SUBJECT));
            if (subject.isEmpty() || actors.size() == MOST) {
                return Optional.empty();
            }
            actors.add(subject.get());
            of = act.get();
        }
        return Optional.of(actors);
    }
}
