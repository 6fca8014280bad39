package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// An open login of a user: what an opaque string stands for until it is closed, has lived its life, was not used
/// for too long, or anything that it descends from is held, cut or revoked.
///
/// **Sliding life.** A use is written down only when the last one that is written is [#step()] old, a twelfth of
/// the idle time, so a session that is in use costs one write in that time and no more. In return a session that
/// is not used any more lives for the idle time at least and a twelfth longer at most, wherever it was used last.
///
/// @param user who logged in
/// @param lineage organization and membership that it acts in, the password that opened it, and the generations
///     of all of that when it was opened
/// @param endsAt when its life is over however much it is used
/// @param idle how long it lives after its last use
/// @param seenAt the last use that was written down
/// @param address the only address that may use it
/// @param apis where it may be used: one that pages opened names the Api of those pages and no other
/// @param single whether it is the one session that its user may have of this kind
/// @param ended closed or revoked: terminal
/// @param methods how the user proved itself, in the words of RFC 8176
public record Session(
        Id id,
        Id user,
        Lineage lineage,
        Instant openedAt,
        Instant endsAt,
        Duration idle,
        Instant seenAt,
        Optional<AddressBlock> address,
        Restriction<Id> apis,
        boolean single,
        boolean ended,
        List<String> methods) {
    private static final int STEPS = 12;

    /// How a password proves a user.
    private static final List<String> PASSWORD = List.of("pwd");

    /// Keeps a copy.
    public Session {
        methods = List.copyOf(methods);
    }

    /// One that a password opened.
    public Session(
            Id id,
            Id user,
            Lineage lineage,
            Instant openedAt,
            Instant endsAt,
            Duration idle,
            Instant seenAt,
            Optional<AddressBlock> address,
            Restriction<Id> apis,
            boolean single,
            boolean ended) {
        this(id, user, lineage, openedAt, endsAt, idle, seenAt, address, apis, single, ended, PASSWORD);
    }

    /// Whether the pages of this Api opened it. What is opened elsewhere is good at any Api, and asked for no
    /// second factor.
    public boolean ofPagesOf(Id api) {
        return apis.equals(Restriction.only(List.of(api)));
    }

    /// How old the last use that is written down becomes before the next one is, in whole microseconds as all
    /// times.
    public Duration step() {
        return idle.dividedBy(STEPS).truncatedTo(ChronoUnit.MICROS);
    }

    /// When it is over unless it is used.
    public Instant diesAt() {
        Instant unused = seenAt.plus(idle).plus(step());
        return unused.isBefore(endsAt) ? unused : endsAt;
    }

    /// Whether a use now is to be written down.
    public boolean due(Instant now) {
        return !now.isBefore(seenAt.plus(step()));
    }

    /// The same, used at this time.
    public Session seen(Instant now) {
        return new Session(id, user, lineage, openedAt, endsAt, idle, now, address, apis, single, ended, methods);
    }

    /// The same, closed.
    public Session over() {
        return new Session(id, user, lineage, openedAt, endsAt, idle, seenAt, address, apis, single, true, methods);
    }
}
