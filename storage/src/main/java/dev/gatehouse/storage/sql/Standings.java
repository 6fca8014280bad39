package dev.gatehouse.storage.sql;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The verbs on where a member stands: each one conditional UPDATE, the same for every kind of member. What is
/// so already stays untouched, without a version, an audit row or a change of its own.
final class Standings {
    /// How often a verb looks again when the row moves between its UPDATE and its look at why that found
    /// nothing.
    private static final int LOOKS = 20;

    private record Found(Standing standing, Id organization, boolean root, Optional<Long> heldDepth) {}

    private final Writes writes;

    Standings(Writes writes) {
        this.writes = writes;
    }

    Stored<Standing> hold(Id member, Hold hold, Act act) {
        return hold == Hold.OWNER
                ? run(Writes.Effect.NARROWS, member, act, transaction -> Move.heldByOwner(depth(transaction)))
                : run(Writes.Effect.NARROWS, member, act, Move.hold(hold));
    }

    Stored<Standing> lift(Id member, Hold hold, Act act) {
        return hold == Hold.OWNER
                ? run(Writes.Effect.WIDENS, member, act, transaction -> Move.liftedByOwner(depth(transaction)))
                : run(Writes.Effect.WIDENS, member, act, Move.lift(hold));
    }

    /// Holds a member for its owner, or lifts that, as a part of another write, which has seen to the act's terms.
    static Stored<Standing> byOwner(Transaction transaction, Id member, boolean held) {
        long depth = depth(transaction);
        Move move = held ? Move.heldByOwner(depth) : Move.liftedByOwner(depth);
        return table(member.kind())
                .map(table -> apply(transaction, table, member, Terms.NONE, move))
                .orElseGet(Stored.Missing::new);
    }

    /// How far down the organization is that acts; Gatehouse itself acts from the top.
    private static long depth(Transaction transaction) {
        return switch (transaction.act().actor()) {
            case Act.Actor.Itself _ -> 1;
            case Act.Actor.Member(Id organization, Id _, Id _) ->
                transaction
                        .session()
                        .one(
                                "SELECT depth FROM organization WHERE id = ?",
                                row -> row.number("depth"),
                                Ids.of(organization))
                        .orElse((long) Organization.MAX_DEPTH);
        };
    }

    Stored<Standing> cut(Id member, Act act) {
        return run(Writes.Effect.NARROWS, member, act, Move.cut());
    }

    Stored<Standing> revoke(Id member, Act act) {
        return run(Writes.Effect.NARROWS, member, act, Move.revoke());
    }

    /// The same as a part of another write.
    static Stored<Standing> revoke(Transaction transaction, Id member) {
        return table(member.kind())
                .map(table ->
                        apply(transaction, table, member, transaction.act().terms(), Move.revoke()))
                .orElseGet(Stored.Missing::new);
    }

    Stored<Standing> schedule(Id member, Window asked, Act act) {
        return run(Writes.Effect.NARROWS, member, act, Move.schedule(Micros.of(asked)));
    }

    private Stored<Standing> run(Writes.Effect effect, Id member, Act act, Move move) {
        return run(effect, member, act, _ -> move);
    }

    private Stored<Standing> run(Writes.Effect effect, Id member, Act act, Function<Transaction, Move> move) {
        return table(member.kind())
                .map(table -> writes.run(
                        effect,
                        act,
                        transaction -> apply(transaction, table, member, act.terms(), move.apply(transaction))))
                .orElseGet(Stored.Missing::new);
    }

    private static Stored<Standing> apply(Transaction transaction, String table, Id member, Terms terms, Move move) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Found> moved = moved(transaction, table, member, terms, move);
            if (moved.isPresent()) {
                return recorded(transaction, member, move, moved.get());
            }
            Optional<Found> found = found(transaction.session(), table, member);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Standing standing = found.get().standing();
            if (!terms.met(standing.version())) {
                return new Stored.Moved<>();
            }
            if (move.so().test(standing) && (!standing.revoked() || move.revokes())) {
                return new Stored.Done<>(standing);
            }
            if (standing.revoked()) {
                return new Stored.Conflict<>("it is revoked");
            }
            if (found.get().heldDepth().filter(held -> held < move.depth()).isPresent()) {
                return new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE);
            }
            if (found.get().root() && !move.root()) {
                return new Stored.Conflict<>("the root organization always stands");
            }
        }
        throw new FactsUnavailable("others kept changing the member");
    }

    private static Optional<Found> moved(Transaction transaction, String table, Id member, Terms terms, Move move) {
        String root = move.root() || !table.equals("organization") ? "" : " AND parent IS NOT NULL";
        Optional<Long> version = terms.version();
        return transaction
                .session()
                .one(
                        "UPDATE " + table + " SET " + move.set()
                                + ", version = version + 1 WHERE id = ? AND NOT revoked" + root
                                + (version.isPresent() ? " AND version = ?" : "") + " AND " + move.when()
                                + " RETURNING " + columns(table),
                        Standings::found,
                        move.parameters(member, version));
    }

    private static Optional<Found> found(Session session, String table, Id member) {
        return session.one(
                "SELECT " + columns(table) + " FROM " + table + " WHERE id = ?", Standings::found, Ids.of(member));
    }

    private static Found found(Row row) {
        return new Found(
                Columns.standing(row),
                Ids.read(row, "home", Kind.ORGANIZATION),
                row.number("is_root") == 1,
                row.maybeNumber("held_depth"));
    }

    private static String columns(String table) {
        return table.equals("organization")
                ? Columns.STANDING + ", held_depth, id AS home, CASE WHEN parent IS NULL THEN 1 ELSE 0 END AS is_root"
                : Columns.STANDING + ", held_depth, organization AS home, 0 AS is_root";
    }

    private static Stored<Standing> recorded(Transaction transaction, Id member, Move move, Found moved) {
        transaction.changed(member);
        if (move.revokes()) {
            Places.back(transaction.session(), member).ifPresent(transaction::changed);
            if (member.kind() == Kind.CREDENTIAL) {
                Copies.endOf(transaction.session(), member);
                SqlMembers.credential(transaction.session(), member)
                        .ifPresent(credential -> DomainKeys.changed(transaction, credential));
            }
        }
        if (move.endsLogins()) {
            LogoutNotices.ofMember(transaction, member);
        }
        transaction.audit(
                member.kind().name().toLowerCase(Locale.ROOT) + "." + move.verb(),
                Optional.of(moved.organization()),
                member,
                move.detail());
        return new Stored.Done<>(moved.standing());
    }

    private static Optional<String> table(Kind kind) {
        return switch (kind) {
            case ORGANIZATION -> Optional.of("organization");
            case APPLICATION -> Optional.of("application");
            case CREDENTIAL -> Optional.of("credential");
            case CUSTOMER -> Optional.of("customer");
            case USER -> Optional.of("person");
            case MEMBERSHIP -> Optional.of("membership");
            case CONNECTION -> Optional.of("connection");
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                Optional.empty();
        };
    }
}
