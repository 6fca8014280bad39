package dev.gatehouse.server.admin;

import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What members of every kind show of their standing, users and memberships too, and how windows are set.
final class StandingAttributes {
    /// Where a member stands now, in one word; the strongest reason wins.
    enum State {
        ACTIVE,
        REVOKED,
        SUSPENDED,
        NOT_YET_VALID,
        EXPIRED
    }

    static final Attribute<Void, Instant> NOT_BEFORE = Attribute.in("not_before", Types.TIME);
    static final Attribute<Void, Instant> EXPIRES_AT = Attribute.in("expires_at", Types.TIME);
    static final Attribute<Void, Optional<Instant>> NEW_NOT_BEFORE =
            Attribute.in("not_before", Type.nullable(Types.TIME));
    static final Attribute<Void, Optional<Instant>> NEW_EXPIRES_AT =
            Attribute.in("expires_at", Type.nullable(Types.TIME));
    static final Attribute<Void, Hold> HOLD = Attribute.in("hold", Types.word(Hold.class));

    /// What changing a window takes: what is left out stays, `null` opens that side.
    static final List<Form.Item> SCHEDULE = List.of(Form.optional(NEW_NOT_BEFORE), Form.optional(NEW_EXPIRES_AT));

    private StandingAttributes() {}

    /// The attributes of a noun, followed by those of its standing.
    static <N> List<Attribute<N, ?>> with(List<Attribute<N, ?>> own, Function<N, Standing> standing) {
        List<Attribute<N, ?>> all = new ArrayList<>(own);
        all.add(Attribute.viewed(
                "state", Types.word(State.class), (noun, view) -> state(standing.apply(noun), view.now())));
        all.add(Attribute.of(
                "holds",
                Type.list(Types.word(Hold.class), 0, Hold.values().length),
                noun -> standing.apply(noun).holds().stream().sorted().toList()));
        all.add(Attribute.optional(
                "not_before", Types.TIME, noun -> standing.apply(noun).window().notBefore()));
        all.add(Attribute.optional(
                "expires_at", Types.TIME, noun -> standing.apply(noun).window().expiresAt()));
        all.add(Attribute.of(
                "generation", Types.COUNT, noun -> standing.apply(noun).generation()));
        all.add(Attribute.of(
                "version", Types.COUNT, noun -> standing.apply(noun).version()));
        return List.copyOf(all);
    }

    /// The window of a new member; it must not have ended already.
    static Got<Window> window(Given given, Instant now) {
        return checked(new Window(given.get(NOT_BEFORE), given.get(EXPIRES_AT)))
                .then(window -> window.over(now)
                        ? Got.no(new Problem.InvalidField("expires_at", "a time to come"))
                        : Got.of(window));
    }

    /// The window after a change.
    static Got<Window> window(Given given, Window before) {
        return checked(new Window(
                given.get(NEW_NOT_BEFORE).orElse(before.notBefore()),
                given.get(NEW_EXPIRES_AT).orElse(before.expiresAt())));
    }

    /// Whether a window admits a moment that another does not.
    static boolean wider(Window before, Window after) {
        boolean earlier =
                before.notBefore().orElse(Instant.MIN).isAfter(after.notBefore().orElse(Instant.MIN));
        boolean longer = before.expiresAt()
                .orElse(Instant.MAX)
                .isBefore(after.expiresAt().orElse(Instant.MAX));
        return earlier || longer;
    }

    /// The standing with another window.
    static Standing with(Standing it, Window window) {
        return new Standing(it.holds(), it.revoked(), it.generation(), window, it.version());
    }

    private static Got<Window> checked(Window window) {
        boolean upsideDown = window.notBefore().isPresent()
                && window.expiresAt().isPresent()
                && !window.notBefore().get().isBefore(window.expiresAt().get());
        return upsideDown ? Got.no(new Problem.InvalidField("expires_at", "a time after not_before")) : Got.of(window);
    }

    private static State state(Standing standing, Instant now) {
        if (standing.revoked()) {
            return State.REVOKED;
        }
        if (!standing.holds().isEmpty()) {
            return State.SUSPENDED;
        }
        if (standing.window().early(now)) {
            return State.NOT_YET_VALID;
        }
        return standing.window().over(now) ? State.EXPIRED : State.ACTIVE;
    }
}
