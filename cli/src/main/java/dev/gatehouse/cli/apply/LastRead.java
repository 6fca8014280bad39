package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Action;
import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.GatehouseException;
import dev.gatehouse.client.Guard;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.Shown;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The server as it was last read, and the writes to what was there. Before anything is written to, it is read
/// again, and written to only in that state.
final class LastRead {
    /// Something is no longer as it was when the plan was made.
    static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final AdminClient client;
    private final Map<Key, String> ids = new HashMap<>();
    private final Map<String, Json.Obj> states = new HashMap<>();

    LastRead(AdminClient client, Server server) {
        this.client = client;
        server.organizations().forEach((path, id) -> ids.put(new Key.Organization(path), id));
        server.all().forEach(one -> add(one.key(), one.id(), one.json()));
    }

    /// Something is there that was not.
    void add(Key key, String id, Json.Obj state) {
        ids.put(key, id);
        states.put(id, state);
    }

    boolean has(Key key) {
        return ids.containsKey(key);
    }

    String id(Key key) {
        String id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException(key + " is referred to before it is there");
        }
        return id;
    }

    /// The ids of all that is there.
    Set<String> ids() {
        return Set.copyOf(ids.values());
    }

    Json.Obj state(String id) {
        return states.getOrDefault(id, Json.Obj.EMPTY);
    }

    void put(String id, Json.Obj body) {
        keep(id, client.put(id, body, unchanged(id)));
    }

    void patch(String id, Json.Obj body) {
        keep(id, client.patch(id, body, unchanged(id)));
    }

    void act(Action action, String id, Json.Obj body) {
        keep(id, client.act(action, id, body, unchanged(id)));
    }

    void hold(Action action, String id, Json hold) {
        act(action, id, Json.Obj.EMPTY.with("hold", hold));
    }

    /// Setting it changes the user, which is read again after.
    void password(String id, Wanted.Given given) {
        Guard guard = unchanged(id);
        var _ = given.member().equals(Wanted.ARGON2ID)
                ? client.setPasswordHash(id, given.value(), guard)
                : client.setPassword(id, given.value(), guard);
        keep(id, client.shown(id));
    }

    void delete(String id) {
        var _ = client.delete(id, unchanged(id));
    }

    /// Reads it again; writes are made to depend on this very state. What time alone changes is no change.
    private Guard unchanged(String id) {
        Shown now;
        try {
            now = client.shown(id);
        } catch (GatehouseException.Refused refused) {
            if (refused.status() == 404) {
                throw new Changed();
            }
            throw refused;
        }
        if (!now.json().without("state").equals(state(id).without("state"))) {
            throw new Changed();
        }
        return Guard.of(now);
    }

    private void keep(String id, Shown shown) {
        states.put(id, shown.json());
    }
}
