package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import java.time.Instant;
import java.util.Optional;

/// The dead set in memory.
///
/// @param bound the most tokens that are dead and not yet expired
record MemoryTokens(Writes writes, int bound) implements TokenStore {
    @Override
    public Stored<Ended> revoke(Claims token, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Id id = token.lineage().credential();
            Optional<Credential> credential = tables.credential(id).filter(found -> counts(found, token));
            if (credential.isEmpty() || tables.dead.containsKey(token.first())) {
                return new Stored.Done<>(Ended.BEFORE);
            }
            if (living(tables, act.at()) < bound) {
                tables.dead.put(token.first(), Micros.of(token.lineEnd()));
                transaction.audit(
                        "token.revoke",
                        Optional.of(token.lineage().organization()),
                        token.first(),
                        Detail.of("application", token.lineage().application())
                                .with("credential", id)
                                .with("expires_at", token.lineEnd()));
                return new Stored.Done<>(Ended.ALONE);
            }
            tables.credentials.put(
                    id, Standings.with(credential.get(), cut(credential.get().standing())));
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
            tables.credentials.put(credential, Standings.with(found.get(), cut));
            return new Stored.Done<>(cut.generation());
        });
    }

    private static Standing cut(Standing from) {
        return new Standing(from.holds(), from.revoked(), from.generation() + 1, from.window(), from.version() + 1);
    }

    private static boolean counts(Credential credential, Claims token) {
        Standing standing = credential.standing();
        return !standing.revoked()
                && standing.generation() <= token.lineage().generations().credential();
    }

    private static long living(Tables tables, Instant now) {
        return tables.dead.values().stream().filter(now::isBefore).count();
    }
}
