package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The verbs on where a member stands, the same for every kind of member. What is so already stays untouched,
/// without a version or an audit row of its own.
final class Standings {
    /// One verb.
    ///
    /// @param to where the member stands after it; the version is not its business
    /// @param root whether it may be done to the root organization
    private record Move(String verb, UnaryOperator<Standing> to, boolean root, Detail detail) {}

    /// A member where it is stored.
    private record Place(Standing standing, Id organization, boolean root, Consumer<Standing> put) {}

    private final Writes writes;

    Standings(Writes writes) {
        this.writes = writes;
    }

    Stored<Standing> hold(Id member, Hold hold, Act act) {
        return hold == Hold.OWNER
                ? writes.narrow(act, transaction -> byOwner(transaction, member, act.terms(), true))
                : run(member, act, move(hold, true));
    }

    Stored<Standing> lift(Id member, Hold hold, Act act) {
        return hold == Hold.OWNER
                ? writes.run(act, transaction -> byOwner(transaction, member, act.terms(), false))
                : run(member, act, move(hold, false));
    }

    private static Move move(Hold hold, boolean held) {
        UnaryOperator<Standing> to = held
                ? from -> holding(from, Hold.bits(from.holds()) | hold.bit())
                : from -> holding(from, Hold.bits(from.holds()) & ~hold.bit());
        return new Move(held ? "hold" : "lift", to, !held, Detail.of("hold", hold));
    }

    /// The hold `owner` is that of the highest organization that has set it.
    static Stored<Standing> byOwner(Transaction transaction, Id member, Terms terms, boolean held) {
        Move move = move(Hold.OWNER, held);
        int depth = depth(transaction);
        if (held) {
            boolean first = transaction.tables().heldDepths.getOrDefault(member, Integer.MAX_VALUE) > depth;
            Stored<Standing> now = verb(transaction, member, terms, move, first);
            if (first && now instanceof Stored.Done) {
                transaction.tables().heldDepths.put(member, depth);
            }
            return now;
        }
        Stored<Standing> lifted = verb(transaction, member, terms, move, false);
        if (!(lifted instanceof Stored.Done)) {
            return lifted;
        }
        Optional<Integer> before =
                Optional.ofNullable(transaction.tables().heldDepths.remove(member));
        return before.filter(above -> above < depth).isPresent()
                ? new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE)
                : lifted;
    }

    /// How far down the organization is that acts; Gatehouse itself acts from the top.
    private static int depth(Transaction transaction) {
        return switch (transaction.act().actor()) {
            case Act.Actor.Itself _ -> 1;
            case Act.Actor.Member(Id organization, Id _, Id _) -> {
                int depth = transaction.tables().chain(organization).size();
                yield depth == 0 ? Organization.MAX_DEPTH : depth;
            }
        };
    }

    private static Standing holding(Standing from, int bits) {
        return new Standing(Hold.of(bits), from.revoked(), from.generation(), from.window(), from.version());
    }

    Stored<Standing> cut(Id member, Act act) {
        UnaryOperator<Standing> to = from ->
                new Standing(from.holds(), from.revoked(), from.generation() + 1, from.window(), from.version());
        return run(member, act, new Move("cut", to, true, Detail.none()));
    }

    Stored<Standing> revoke(Id member, Act act) {
        UnaryOperator<Standing> to =
                from -> new Standing(from.holds(), true, from.generation(), from.window(), from.version());
        return run(member, act, new Move("revoke", to, false, Detail.none()));
    }

    Stored<Standing> schedule(Id member, Window asked, Act act) {
        Window window = Micros.of(asked);
        UnaryOperator<Standing> to =
                from -> new Standing(from.holds(), from.revoked(), from.generation(), window, from.version());
        Detail detail = Detail.of(
                        "not_before", window.notBefore().map(Instant::toString).orElse(""))
                .with("expires_at", window.expiresAt().map(Instant::toString).orElse(""));
        return run(member, act, new Move("schedule", to, false, detail));
    }

    private Stored<Standing> run(Id member, Act act, Move move) {
        Writes.Verb<Standing> verb = transaction -> verb(transaction, member, act.terms(), move, false);
        return move.verb().equals("lift") ? writes.run(act, verb) : writes.narrow(act, verb);
    }

    private static Stored<Standing> verb(Transaction transaction, Id member, Terms terms, Move move, boolean anew) {
        return place(transaction.tables(), member)
                .map(place -> apply(transaction, member, place, terms, move, anew))
                .orElseGet(Stored.Missing::new);
    }

    /// @param anew whether it has an effect even on what is so already
    private static Stored<Standing> apply(
            Transaction transaction, Id member, Place place, Terms terms, Move move, boolean anew) {
        Standing from = place.standing();
        if (!terms.met(from.version())) {
            return new Stored.Moved<>();
        }
        if (from.revoked() && !move.verb().equals("revoke")) {
            return new Stored.Conflict<>("it is revoked");
        }
        Standing to = move.to().apply(from);
        if (to.equals(from) && !anew) {
            return new Stored.Done<>(from);
        }
        if (place.root() && !move.root()) {
            return new Stored.Conflict<>("the root organization always stands");
        }
        Standing stored = new Standing(to.holds(), to.revoked(), to.generation(), to.window(), from.version() + 1);
        place.put().accept(stored);
        if (move.verb().equals("revoke")) {
            MemorySecretCopies.endOf(transaction.tables(), member);
        }
        if (List.of("hold", "cut", "revoke").contains(move.verb())) {
            MemoryLogouts.ofMember(transaction, member);
        }
        transaction.audit(kind(member) + "." + move.verb(), Optional.of(place.organization()), member, move.detail());
        return new Stored.Done<>(stored);
    }

    /// The first word of the verbs on a member.
    static String kind(Id member) {
        return member.kind().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Place> place(Tables tables, Id member) {
        return switch (member.kind()) {
            case ORGANIZATION ->
                tables.organization(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.id(),
                                it.root(),
                                standing -> tables.organizations.put(member, it.with(standing))));
            case APPLICATION ->
                tables.application(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.organization(),
                                false,
                                standing -> tables.applications.put(member, it.with(standing))));
            case CREDENTIAL ->
                tables.credential(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.organization(),
                                false,
                                standing -> tables.credentials.put(member, it.with(standing))));
            case USER ->
                tables.user(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.organization(),
                                false,
                                standing -> tables.users.put(member, it.with(standing))));
            case MEMBERSHIP ->
                tables.membership(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.organization(),
                                false,
                                standing -> tables.memberships.put(member, it.with(standing))));
            case CUSTOMER ->
                tables.customer(member)
                        .map(it -> new Place(
                                it.standing(),
                                it.organization(),
                                false,
                                standing -> tables.customers.put(member, it.with(standing))));
            case CONNECTION ->
                tables.connection(member)
                        .map(it -> new Place(
                                it.connection().standing(),
                                it.connection().organization(),
                                false,
                                standing -> tables.connections.put(
                                        member, it.with(it.connection().with(standing)))));
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                Optional.empty();
        };
    }
}
