package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// What proves people a second time, in memory.
record MemoryFactors(Writes writes, MemoryGrants grants) implements FactorStore {
    /// No session has this id.
    private static final Id NOBODY = new Id(Kind.SESSION, 0);

    /// How often something was tried since when.
    record Tries(int many, Instant from) {
        static final Tries NONE = new Tries(0, Instant.EPOCH);

        Tries forgotten() {
            return new Tries(0, from);
        }

        /// One more; empty when there were so many.
        Optional<Tries> counted(int most, Instant now) {
            if (!from.isAfter(now.minus(WINDOW))) {
                return Optional.of(new Tries(1, now));
            }
            return many < most ? Optional.of(new Tries(many + 1, from)) : Optional.empty();
        }
    }

    /// What a user has, and how often it was tried.
    record Row(Totp totp, List<Digest> codes, Tries app, Tries recovery) {
        Row {
            codes = List.copyOf(codes);
        }

        Row with(List<Digest> others) {
            return new Row(totp, others, app.forgotten(), recovery.forgotten());
        }

        Row with(Totp other) {
            return new Row(other, codes, app.forgotten(), recovery.forgotten());
        }

        Optional<Row> counted(Tried as, Instant now) {
            return switch (as) {
                case APP -> app.counted(as.most(), now).map(tries -> new Row(totp, codes, tries, recovery));
                case RECOVERY -> recovery.counted(as.most(), now).map(tries -> new Row(totp, codes, app, tries));
            };
        }

        Factors factors() {
            return new Factors(Optional.of(totp), codes.size());
        }
    }

    private static Optional<Row> row(Tables tables, Id user) {
        return Optional.ofNullable(tables.factors.get(user));
    }

    @Override
    public Factors factors(Id user) {
        return row(writes.now(), user).map(Row::factors).orElseGet(() -> new Factors(Optional.empty(), 0));
    }

    @Override
    public Stored<Factors> enrol(Totp totp, List<Digest> codes, Id by, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<User> user = transaction.tables().user(totp.user());
            if (user.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (user.get().standing().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            boolean open = transaction
                    .tables()
                    .session(by)
                    .filter(one -> !one.ended() && act.at().isBefore(one.diesAt()))
                    .filter(one -> one.user().equals(totp.user()))
                    .isPresent();
            if (!open) {
                return new Stored.Conflict<>("the session is over");
            }
            return enrolled(transaction, "factor.enrol", totp, codes, by);
        });
    }

    @Override
    public Stored<Factors> enrolFirst(Totp totp, List<Digest> codes, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<User> user = transaction.tables().user(totp.user());
            if (user.isEmpty()) {
                return new Stored.Missing<>();
            }
            return user.get().standing().revoked()
                            || row(transaction.tables(), totp.user()).isPresent()
                    ? new Stored.Conflict<>("the user is revoked, or has a secret")
                    : enrolled(transaction, "factor.enrol_first", totp, codes, NOBODY);
        });
    }

    private Stored<Factors> enrolled(Transaction transaction, String verb, Totp totp, List<Digest> codes, Id by) {
        endOthers(transaction, totp.user(), by);
        Totp kept = new Totp(totp.user(), totp.secret(), Micros.of(totp.since()), totp.lastStep());
        return put(transaction, verb, new Row(kept, codes, Tries.NONE, Tries.NONE));
    }

    private void endOthers(Transaction transaction, Id user, Id by) {
        transaction.tables().passkeys.values().removeIf(one -> one.user().equals(user) && !one.sure());
        transaction
                .tables()
                .sessions
                .replaceAll((id, one) -> one.user().equals(user) && !id.equals(by) ? one.over() : one);
        grants.endOfOthers(transaction, user, by);
        MemoryLogouts.ofOtherLogins(transaction, user, by);
    }

    private static Stored<Factors> put(Transaction transaction, String verb, Row row) {
        transaction.tables().factors.put(row.totp().user(), row);
        return done(transaction, verb, row.totp().user(), row.factors());
    }

    private static Stored<Factors> done(Transaction transaction, String verb, Id user, Factors now) {
        transaction.audit(
                verb, transaction.tables().user(user).map(User::organization), user, Detail.of("codes", now.codes()));
        return new Stored.Done<>(now);
    }

    @Override
    public Stored<Factors> remove(Id user, Act act) {
        Factors none = new Factors(Optional.empty(), 0);
        return writes.run(act, transaction -> {
            if (transaction.tables().user(user).isEmpty()) {
                return new Stored.Missing<>();
            }
            return transaction.tables().factors.remove(user) == null
                    ? new Stored.Done<>(none)
                    : done(transaction, "factor.remove", user, none);
        });
    }

    @Override
    public Stored<Factors> renew(Id user, List<Digest> codes, Act act) {
        return writes.run(
                act,
                transaction -> row(transaction.tables(), user)
                        .map(row -> put(transaction, "factor.renew_codes", row.with(codes)))
                        .orElseGet(Stored.Missing::new));
    }

    @Override
    public boolean attempt(Id user, Tried as, Instant asked) {
        Instant now = Micros.of(asked);
        return writes.change(tables -> {
            Optional<Row> counted = row(tables, user).flatMap(row -> row.counted(as, now));
            counted.ifPresent(row -> tables.factors.put(user, row));
            return counted.isPresent();
        });
    }

    @Override
    public boolean use(Totp totp, long step) {
        return writes.change(tables -> {
            Optional<Row> there = row(tables, totp.user())
                    .filter(row -> row.totp().since().equals(totp.since())
                            && row.totp().lastStep() < step);
            there.ifPresent(row -> tables.factors.put(
                    totp.user(), row.with(new Totp(totp.user(), row.totp().secret(), totp.since(), step))));
            return there.isPresent();
        });
    }

    @Override
    public Stored<Factors> recover(Id user, List<Digest> code, Act act) {
        return writes.run(
                act,
                transaction -> row(transaction.tables(), user)
                        .filter(row -> row.codes().stream().anyMatch(code::contains))
                        .map(row -> put(
                                transaction,
                                "factor.recover",
                                row.with(row.codes().stream()
                                        .filter(one -> !code.contains(one))
                                        .toList())))
                        .orElseGet(Stored.Missing::new));
    }

    @Override
    public List<Totp> totps(Optional<Id> after, int limit) {
        return writes.now().factors.values().stream()
                .map(Row::totp)
                .filter(totp -> after.filter(
                                id -> Long.compareUnsigned(totp.user().value(), id.value()) <= 0)
                        .isEmpty())
                .sorted(Comparator.comparing(totp -> totp.user().value(), Long::compareUnsigned))
                .limit(limit)
                .toList();
    }

    @Override
    public boolean rewrap(Totp before, Encrypted secret) {
        AtomicBoolean done = new AtomicBoolean();
        var _ = writes.change(tables -> {
            Optional<Row> there =
                    row(tables, before.user()).filter(row -> row.totp().secret().equals(before.secret()));
            there.ifPresent(row -> tables.factors.put(
                    before.user(),
                    new Row(
                            new Totp(
                                    before.user(),
                                    secret,
                                    row.totp().since(),
                                    row.totp().lastStep()),
                            row.codes(),
                            row.app(),
                            row.recovery())));
            done.set(there.isPresent());
            return there.isPresent();
        });
        return done.get();
    }
}
