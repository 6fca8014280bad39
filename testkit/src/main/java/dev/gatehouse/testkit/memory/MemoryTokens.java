package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The dead set in memory.
///
/// @param room how many tokens may be dead and not yet expired
record MemoryTokens(Writes writes, Room room) implements TokenStore {
    /// A dead token.
    ///
    /// @param customer whose share it takes
    record Dead(Instant expiresAt, Id customer) {}

    /// A line of tokens.
    ///
    /// @param from the generation of the first
    record Begun(long from, Line newest) {}

    @Override
    public Stored<Ended> revoke(Claims token, Instant asked, Act act) {
        return writes.narrow(act, transaction -> end(transaction, token, Micros.of(asked)));
    }

    private Stored<Ended> end(Transaction transaction, Claims token, Instant lineEnd) {
        Tables tables = transaction.tables();
        Instant now = transaction.act().at();
        Id id = token.lineage().credential();
        Optional<Credential> credential = tables.credential(id).filter(found -> counts(found, token));
        if (credential.isEmpty() || dead(tables, token.first(), lineEnd)) {
            return new Stored.Done<>(Ended.BEFORE);
        }
        Id customer = customer(tables, token.lineage().organization());
        if (living(tables, now, dead -> dead.customer().equals(customer)) >= room.share()) {
            return new Stored.Full<>("tokens of this customer that ended before their time");
        }
        if (living(tables, now, _ -> true) < room.all()) {
            tables.dead.put(token.first(), new Dead(lineEnd, customer));
            transaction.audit(
                    token.id().kind() == Kind.GRANT ? "grant.end" : "token.revoke",
                    Optional.of(token.lineage().organization()),
                    token.first(),
                    Detail.of(
                                    Standings.kind(token.lineage().member()),
                                    token.lineage().member())
                            .with("credential", id)
                            .with("expires_at", lineEnd));
            return new Stored.Done<>(Ended.ALONE);
        }
        return cut(transaction, token, credential.get());
    }

    /// Ends a token, or what a user granted as one, whatever it takes.
    void end(Transaction transaction, Claims token) {
        if (end(transaction, token, Micros.of(token.expiresAt())) instanceof Stored.Full<Ended>) {
            transaction
                    .tables()
                    .credential(token.lineage().credential())
                    .ifPresent(credential -> cut(transaction, token, credential));
        }
    }

    private static Stored<Ended> cut(Transaction transaction, Claims token, Credential credential) {
        transaction.tables().credentials.put(credential.id(), credential.with(cut(credential.standing())));
        transaction.audit(
                "credential.cut",
                Optional.of(credential.organization()),
                credential.id(),
                Detail.of("token", token.first()).with("because", "the dead set is full"));
        return new Stored.Done<>(Ended.WITH_ITS_CREDENTIAL);
    }

    @Override
    public Stored<Long> supersede(Id credential, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Credential> found =
                    tables.credential(credential).filter(one -> !one.standing().revoked());
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            Standing cut = cut(found.get().standing());
            tables.credentials.put(credential, found.get().with(cut));
            Instant now = Micros.of(transaction.act().at());
            tables.lines.put(credential, new Begun(cut.generation(), new Line(cut.generation(), now, now)));
            return new Stored.Done<>(cut.generation());
        });
    }

    @Override
    public Stored<Refreshed> refresh(Id credential, long generation, Instant begunAfter, Act act) {
        return writes.narrow(
                act,
                transaction -> transaction
                        .tables()
                        .credential(credential)
                        .filter(one -> !one.standing().revoked())
                        .<Stored<Refreshed>>map(
                                one -> new Stored.Done<>(refreshed(transaction, one, generation, begunAfter)))
                        .orElseGet(Stored.Missing::new));
    }

    private static Refreshed refreshed(Transaction transaction, Credential credential, long shown, Instant begunAfter) {
        Tables tables = transaction.tables();
        long current = credential.standing().generation();
        Begun begun = tables.lines.get(credential.id());
        if (begun == null
                || begun.newest().generation() != current
                || !begun.newest().begunAt().isAfter(Micros.of(begunAfter))
                || shown < begun.from()
                || shown > current) {
            return new Refreshed.Over();
        }
        Line newest = begun.newest();
        Instant now = Micros.of(transaction.act().at());
        if (shown == current - 1 && now.isBefore(newest.refreshedAt().plus(GRACE))) {
            return new Refreshed.Same(newest);
        }
        Standing cut = cut(credential.standing());
        tables.credentials.put(credential.id(), credential.with(cut));
        if (shown == current) {
            Line next = new Line(cut.generation(), newest.begunAt(), now);
            tables.lines.put(credential.id(), new Begun(begun.from(), next));
            return new Refreshed.Next(next);
        }
        transaction.audit(
                "credential.cut",
                Optional.of(credential.organization()),
                credential.id(),
                Detail.of("because", "a refresh token was used twice"));
        return new Refreshed.Reused();
    }

    @Override
    public Stored<Ended> revokeLine(Claims token, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<Credential> found = transaction
                    .tables()
                    .credential(token.lineage().credential())
                    .filter(one -> counts(one, token));
            if (found.isEmpty()) {
                return new Stored.Done<>(Ended.BEFORE);
            }
            Credential credential = found.get();
            transaction.tables().credentials.put(credential.id(), credential.with(cut(credential.standing())));
            transaction.audit(
                    "token.revoke",
                    Optional.of(credential.organization()),
                    token.first(),
                    Detail.of(
                                    Standings.kind(token.lineage().member()),
                                    token.lineage().member())
                            .with("credential", credential.id())
                            .with("expires_at", token.expiresAt()));
            return new Stored.Done<>(Ended.WITH_ITS_CREDENTIAL);
        });
    }

    private static Standing cut(Standing from) {
        return new Standing(from.holds(), from.revoked(), from.generation() + 1, from.window(), from.version() + 1);
    }

    private static boolean dead(Tables tables, Id token, Instant until) {
        Dead known = tables.dead.get(token);
        return known != null && !known.expiresAt().isBefore(until);
    }

    private static boolean counts(Credential credential, Claims token) {
        Standing standing = credential.standing();
        return !standing.revoked()
                && standing.generation() <= token.lineage().generations().credential();
    }

    /// The highest organization above one, but for the provider's own.
    private static Id customer(Tables tables, Id organization) {
        List<Organization> chain = tables.chain(organization);
        return chain.get(Math.max(0, chain.size() - 2)).id();
    }

    private static long living(Tables tables, Instant now, Predicate<Dead> which) {
        return tables.dead.values().stream()
                .filter(dead -> now.isBefore(dead.expiresAt()))
                .filter(which)
                .count();
    }
}
