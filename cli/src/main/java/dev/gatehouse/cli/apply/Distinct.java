package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What no two things may have, of what files want and what else a server has.
///
/// @param goes what is taken away
record Distinct(Server server, Map<Key, Wanted> wanted, Predicate<Found> goes, Mistakes mistakes) {
    void check() {
        values("issuer");
        values("audience");
        values("client_id");
        usernames();
    }

    /// A username is one person's in the whole installation.
    private void usernames() {
        Map<String, Wanted> users = new HashMap<>();
        for (Wanted one : wanted.values()) {
            if (one.key() instanceof Key.User(OrganizationPath _, String username)) {
                Wanted other = users.putIfAbsent(username, one);
                if (other != null) {
                    mistakes.add(one.place(), "the username " + username + " is taken, at " + other.place());
                }
            }
        }
    }

    /// A value that no two things of one kind share. An Api without an audience has its issuer for one.
    private void values(String member) {
        Map<String, String> owners = new HashMap<>();
        server.all()
                .filter(one ->
                        !goes.test(one) && !wanted.containsKey(one.key()) && !(one.key() instanceof Key.Provider))
                .forEach(one -> value(one.spec(), member).ifPresent(text -> owners.put(text, "on the server")));
        wanted.values().stream()
                .filter(one -> !(one.key() instanceof Key.Provider))
                .forEach(one -> value(one.spec(), member).ifPresent(text -> {
                    String other = owners.putIfAbsent(text, "at " + one.place());
                    if (other != null) {
                        mistakes.add(one.place(), "the " + member + " " + text + " is taken, " + other);
                    }
                }));
    }

    private static Optional<String> value(Json.Obj spec, String member) {
        return member.equals("audience") ? spec.text(member).or(() -> spec.text("issuer")) : spec.text(member);
    }
}
