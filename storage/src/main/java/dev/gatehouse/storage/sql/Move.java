package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A verb on where a member stands, as what one conditional UPDATE does.
///
/// @param set what it sets
/// @param when which rows it finds something to do in; revoked ones never
/// @param parameters those of `set`, then those of `when`
/// @param so whether a row is already as it should be
/// @param root whether it may be done to the root organization
/// @param depth from where it cannot be done to what was held further up
record Move(
        String verb,
        String set,
        String when,
        List<Object> parameters,
        Predicate<Standing> so,
        boolean root,
        Detail detail,
        long depth) {
    private static final String REVOKE = "revoke";
    private static final List<String> ENDING_LOGINS = List.of("hold", "cut", REVOKE);

    private Move(
            String verb,
            String set,
            String when,
            List<Object> parameters,
            Predicate<Standing> so,
            boolean root,
            Detail detail) {
        this(verb, set, when, parameters, so, root, detail, 0);
    }

    static Move hold(Hold hold) {
        return new Move(
                "hold",
                "holds = holds | ?",
                "(holds & ?) = 0",
                List.of(hold.bit(), hold.bit()),
                so(hold, true),
                false,
                Detail.of("hold", hold));
    }

    static Move lift(Hold hold) {
        return new Move(
                "lift",
                "holds = holds - ?",
                "(holds & ?) <> 0",
                List.of(hold.bit(), hold.bit()),
                so(hold, false),
                true,
                Detail.of("hold", hold));
    }

    /// The owner's hold says from how far up it was set.
    ///
    /// @param depth of the organization that acts
    static Move heldByOwner(long depth) {
        Hold hold = Hold.OWNER;
        return new Move(
                "hold",
                "holds = holds | ?, held_depth = ?",
                "((holds & ?) = 0 OR held_depth IS NULL OR held_depth > ?)",
                List.of(hold.bit(), depth, hold.bit(), depth),
                so(hold, true),
                false,
                Detail.of("hold", hold));
    }

    /// @param depth of the organization that acts, which lifts nothing that was set further up
    static Move liftedByOwner(long depth) {
        Hold hold = Hold.OWNER;
        return new Move(
                "lift",
                "holds = holds - ?, held_depth = NULL",
                "(holds & ?) <> 0 AND (held_depth IS NULL OR held_depth >= ?)",
                List.of(hold.bit(), hold.bit(), depth),
                so(hold, false),
                true,
                Detail.of("hold", hold),
                depth);
    }

    private static Predicate<Standing> so(Hold hold, boolean held) {
        return standing -> standing.holds().contains(hold) == held;
    }

    static Move cut() {
        return new Move("cut", "generation = generation + 1", "1 = 1", List.of(), _ -> false, true, Detail.none());
    }

    static Move revoke() {
        return new Move(REVOKE, "revoked = TRUE", "1 = 1", List.of(), Standing::revoked, false, Detail.none());
    }

    /// @param window in the database's microseconds
    static Move schedule(Window window) {
        Object from = Session.number(window.notBefore().map(Micros::of));
        Object until = Session.number(window.expiresAt().map(Micros::of));
        return new Move(
                "schedule",
                "not_before = ?, expires_at = ?",
                "(not_before IS DISTINCT FROM ? OR expires_at IS DISTINCT FROM ?)",
                List.of(from, until, from, until),
                standing -> standing.window().equals(window),
                false,
                Detail.none()
                        .with(
                                "not_before",
                                window.notBefore().map(Object::toString).orElse(""))
                        .with(
                                "expires_at",
                                window.expiresAt().map(Object::toString).orElse("")));
    }

    boolean revokes() {
        return verb.equals(REVOKE);
    }

    /// Whether those are told whom the member had signed in to.
    boolean endsLogins() {
        return ENDING_LOGINS.contains(verb);
    }

    /// All parameters of the UPDATE: the row's id, and its version where the act says one, stand between those of
    /// `set` and those of `when`.
    Object[] parameters(Id member, Optional<Long> version) {
        int before = (int) set.chars().filter(c -> c == '?').count();
        return Stream.of(
                        parameters.subList(0, before).stream(),
                        Stream.<Object>of(Ids.of(member)),
                        version.stream(),
                        parameters.subList(before, parameters.size()).stream())
                .flatMap(parts -> parts)
                .toArray();
    }
}
