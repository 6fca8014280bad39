package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who the caller is, and what it may do.
final class Whoami {
    private Whoami() {}

    static Got<Reply> get(Call call) {
        Members caller = call.caller();
        View view = call.view();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("organization", Organizations.NOUN.show(caller.organization(), view));
        members.put("application", Applications.NOUN.show(caller.application(), view));
        members.put("credential", Credentials.NOUN.show(caller.credential(), view));
        caller.role().ifPresent(role -> members.put("role", Roles.NOUN.show(role, view)));
        members.put("rights", Types.RIGHTS.write(view.named(call.grants().held())));
        return Got.of(Reply.json(200, members));
    }
}
