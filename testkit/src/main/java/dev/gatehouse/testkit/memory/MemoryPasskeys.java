package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Session;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Keys that people sign in with, in memory.
record MemoryPasskeys(Writes writes, MemoryGrants grants) implements PasskeyStore {
    @Override
    public Stored<Passkey> add(Passkey passkey, Id by, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<User> user = tables.user(passkey.user());
            if (user.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (user.get().standing().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            if (own(tables, by, passkey.user(), act).isEmpty()) {
                return new Stored.Conflict<>("the session is over");
            }
            if (of(tables, passkey.user()).size() >= MAX_PASSKEYS) {
                return new Stored.Full<>("a user has at most " + MAX_PASSKEYS + " passkeys");
            }
            if (tables.passkeys.containsKey(passkey.id())) {
                return new Stored.Conflict<>("the passkey is known");
            }
            Passkey kept = new Passkey(
                    passkey.id(),
                    passkey.user(),
                    passkey.root(),
                    passkey.site(),
                    passkey.name(),
                    passkey.key(),
                    passkey.counter(),
                    passkey.synced(),
                    passkey.sure(),
                    Micros.of(passkey.createdAt()),
                    Optional.empty(),
                    Optional.empty());
            tables.passkeys.put(kept.id(), kept);
            transaction.audit("passkey.add", Optional.of(user.get().organization()), kept.user(), named(kept));
            return new Stored.Done<>(kept);
        });
    }

    @Override
    public Optional<Passkey> passkey(Bytes id) {
        return Optional.ofNullable(writes.now().passkeys.get(id));
    }

    @Override
    public List<Passkey> passkeys(Id user) {
        return of(writes.now(), user);
    }

    private static List<Passkey> of(Tables tables, Id user) {
        return tables.passkeys.values().stream()
                .filter(passkey -> passkey.user().equals(user))
                .sorted(Comparator.comparing(Passkey::createdAt)
                        .thenComparing(passkey -> passkey.id().toArray(), Arrays::compareUnsigned))
                .toList();
    }

    /// A session that is open, and this user's.
    private static Optional<Session> own(Tables tables, Id session, Id user, Act act) {
        return tables.session(session)
                .filter(one -> !one.ended() && act.at().isBefore(one.diesAt()))
                .filter(one -> one.user().equals(user));
    }

    private static Detail named(Passkey passkey) {
        return Detail.of("passkey", passkey.name());
    }

    @Override
    public Stored<Use> used(Passkey read, long counter, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Passkey> there = own(tables, read);
            if (there.isEmpty()) {
                return new Stored.Missing<>();
            }
            Passkey before = there.get();
            Optional<Instant> now = Optional.of(Micros.of(act.at()));
            if (before.counter() < counter || (before.counter() == 0 && counter == 0)) {
                tables.passkeys.put(before.id(), with(before, counter, now, before.copiedAt()));
                return new Stored.Done<>(Use.COUNTED);
            }
            tables.passkeys.put(before.id(), with(before, before.counter(), before.usedAt(), now));
            transaction.audit(
                    "passkey.copied", tables.user(read.user()).map(User::organization), read.user(), named(before));
            return new Stored.Done<>(Use.COPIED);
        });
    }

    private static Optional<Passkey> own(Tables tables, Passkey read) {
        return Optional.ofNullable(tables.passkeys.get(read.id()))
                .filter(one -> one.user().equals(read.user()));
    }

    @Override
    public Stored<Id> opened(Passkey read, Id session, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Passkey> there = own(tables, read);
            if (there.isEmpty() || own(tables, session, read.user(), act).isEmpty()) {
                return new Stored.Missing<>();
            }
            tables.openedByPasskey.put(session, read.id());
            transaction.audit(
                    "passkey.use",
                    tables.user(read.user()).map(User::organization),
                    read.user(),
                    named(there.get()).with("session", session));
            return new Stored.Done<>(session);
        });
    }

    private static Passkey with(Passkey one, long counter, Optional<Instant> used, Optional<Instant> copied) {
        return new Passkey(
                one.id(),
                one.user(),
                one.root(),
                one.site(),
                one.name(),
                one.key(),
                counter,
                one.synced(),
                one.sure(),
                one.createdAt(),
                used,
                copied);
    }

    @Override
    public Stored<Long> remove(Id user, Bytes id, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            if (tables.user(user).isEmpty()) {
                return new Stored.Missing<>();
            }
            Optional<Passkey> own = Optional.ofNullable(tables.passkeys.get(id))
                    .filter(one -> one.user().equals(user));
            if (own.isEmpty()) {
                return new Stored.Done<>(0L);
            }
            tables.passkeys.remove(id);
            return ended(transaction, "passkey.remove", user, named(own.get()), openedBy(tables, id::equals));
        });
    }

    @Override
    public Stored<Long> clear(Id user, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            if (tables.user(user).isEmpty()) {
                return new Stored.Missing<>();
            }
            boolean factors = tables.factors.remove(user) != null;
            boolean keys = tables.passkeys.values().removeIf(one -> one.user().equals(user));
            return factors || keys
                    ? ended(transaction, "factor.clear", user, Detail.none(), byMore(tables))
                    : new Stored.Done<>(0L);
        });
    }

    private static Predicate<Session> openedBy(Tables tables, Predicate<Bytes> key) {
        return one -> Optional.ofNullable(tables.openedByPasskey.get(one.id()))
                .filter(key)
                .isPresent();
    }

    /// Not by the password alone.
    private static Predicate<Session> byMore(Tables tables) {
        return openedBy(tables, _ -> true).or(one -> one.methods().contains("mfa"));
    }

    private Stored<Long> ended(Transaction transaction, String verb, Id user, Detail detail, Predicate<Session> by) {
        Tables tables = transaction.tables();
        List<Session> open = tables.sessions.values().stream()
                .filter(one -> one.user().equals(user) && !one.ended())
                .filter(by)
                .toList();
        open.forEach(one -> {
            tables.sessions.put(one.id(), one.over());
            grants.endOf(transaction, one.id());
            MemoryLogouts.ofLogin(transaction, one.id());
        });
        transaction.audit(verb, tables.user(user).map(User::organization), user, detail.with("sessions", open.size()));
        return new Stored.Done<>((long) open.size());
    }
}
