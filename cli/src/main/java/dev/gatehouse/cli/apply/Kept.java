package dev.gatehouse.cli.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Applications that a server makes by itself for the API keys which users manage through a dialect. Their
/// public id names their organization on that server and is given to nobody, so they are in no files.
final class Kept {
    private static final String PREFIX = "api-keys.";

    private Kept() {}

    static boolean by(String clientId) {
        return clientId.startsWith(PREFIX);
    }

    static String note(Key application) {
        return application + " has the API keys that users make through a dialect; it is left out, with them";
    }

    /// Takes them out of what files of an earlier release want, and says so.
    static List<String> out(Map<Key, Wanted> wanted) {
        List<Key> kept = wanted.values().stream()
                .filter(one -> one.key() instanceof Key.Application
                        && by(one.spec().text("client_id").orElse("")))
                .map(Wanted::key)
                .toList();
        wanted.keySet()
                .removeIf(key -> kept.contains(key)
                        || (key instanceof Key.Credential(Key.Holder holder, var _) && kept.contains(holder)));
        List<String> notes = new ArrayList<>();
        kept.forEach(key -> notes.add(note(key)));
        return notes;
    }
}
