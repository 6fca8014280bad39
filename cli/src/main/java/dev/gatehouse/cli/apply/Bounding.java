package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.member.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What of access is written before anything opens: entries that are new, and those that give less than before.
/// What gives more, or goes, waits until the end.
///
/// @param there whether something is on the server by now
/// @param rights what a role gives that is there
record Bounding(Predicate<Key> there, Function<Key, Json.Obj> rights) {
    /// The access for the time until all of it can be said.
    Json.Obj early(Json.Obj before, Json.Obj after) {
        List<Json> entries = new ArrayList<>();
        AccessShape.entries(after)
                .forEach(one -> early(before(before, one), one).ifPresent(entries::add));
        AccessShape.entries(before).stream()
                .filter(one -> before(after, one).isEmpty())
                .forEach(entries::add);
        List<Json> some = entries.size() > Access.MOST ? before.items(AccessShape.ACCESS) : entries;
        return Json.Obj.EMPTY.with(AccessShape.ACCESS, new Json.Arr(some));
    }

    private static Optional<Json.Obj> before(Json.Obj spec, Json.Obj entry) {
        return AccessShape.entries(spec).stream()
                .filter(one -> AccessShape.inPlaceOf(one, entry))
                .findFirst();
    }

    /// A new one whose role is not there yet leaves nothing until then; an application that is not there does
    /// nothing.
    private Optional<Json.Obj> early(Optional<Json.Obj> before, Json.Obj entry) {
        if (before.isPresent()) {
            return Optional.of(less(entry, before.get()) ? entry : before.get());
        }
        return Optional.of(
                        AccessShape.role(entry).filter(there.negate()).isPresent() ? AccessShape.nothing(entry) : entry)
                .filter(_ -> there.test(AccessShape.application(entry)));
    }

    /// By the scopes that the roles name; what those imply is not followed.
    private boolean less(Json.Obj entry, Json.Obj before) {
        Optional<Key> role = AccessShape.role(entry);
        Optional<Key> old = AccessShape.role(before);
        return role.isEmpty()
                || (old.isPresent()
                        && there.test(role.get())
                        && within(rights.apply(role.get()), rights.apply(old.get())));
    }

    private static boolean within(Json.Obj some, Json.Obj all) {
        return some.members().entrySet().stream()
                .allMatch(api -> new HashSet<>(
                                References.texts(all.get(api.getKey()).orElse(new Json.Arr(List.of()))))
                        .containsAll(References.texts(api.getValue())));
    }
}
