package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
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

    @Override
    public Stored<Ended> revoke(Claims token, Instant asked, Act act) {
        Instant lineEnd = Micros.of(asked);
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Id id = token.lineage().credential();
            Optional<Credential> credential = tables.credential(id).filter(found -> counts(found, token));
            if (credential.isEmpty() || dead(tables, token.first(), lineEnd)) {
                return new Stored.Done<>(Ended.BEFORE);
            }
            Id customer = customer(tables, token.lineage().organization());
            if (living(tables, act.at(), dead -> dead.customer().equals(customer)) >= room.share()) {
                return new Stored.Full<>("tokens of this customer that ended before their time");
            }
            if (living(tables, act.at(), _ -> true) < room.all()) {
                tables.dead.put(token.first(), new Dead(lineEnd, customer));
                transaction.audit(
                        "token.revoke",
                        Optional.of(token.lineage().organization()),
                        token.first(),
                        Detail.of(
                                        Standings.kind(token.lineage().member()),
                                        token.lineage().member())
                                .with("credential", id)
                                .with("expires_at", lineEnd));
                return new Stored.Done<>(Ended.ALONE);
            }
            tables.credentials.put(
                    id, credential.get().with(cut(credential.get().standing())));
            transaction.audit(
                    "credential.cut",
                    Optional.of(credential.get().organization()),
                    id,
                    Detail.of("token", token.first()).with("because", "the dead set is full"));
            return new Stored.Done<>(Ended.WITH_ITS_CREDENTIAL);
        });
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
            return new Stored.Done<>(cut.generation());
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
